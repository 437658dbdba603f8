import type { Context } from '../context.js';
import { oauthError } from '../errors.js';
import { GRANTS, type GrantHandler, SESSIONLESS_GRANTS, type TokenRequest } from './grants/index.js';
import type { TokenAnswer } from './issue-tokens.js';

/**
 * POST `/token`: no session, and a grant that is a code unless it says otherwise (oauth-devices §1.7).
 * @throws INVALID_GRANT_TYPE, and what the grant throws
 */
export async function exchangeWithoutSession(
  context: Context,
  grantType: string | undefined,
  request: TokenRequest,
): Promise<TokenAnswer> {
  return handler(SESSIONLESS_GRANTS, grantType ?? 'authorization_code')(context, request);
}

/**
 * POST `/oauth/token`: a code if there is one, else the session itself, unless the grant says otherwise.
 * @throws what the grant throws
 */
export async function exchangeWithSession(
  context: Context,
  grantType: string | undefined,
  request: TokenRequest,
): Promise<TokenAnswer> {
  const byContent = request.body.code === undefined ? 'fxa-credentials' : 'authorization_code';
  return handler(GRANTS, grantType ?? byContent)(context, request);
}

function handler(grants: Readonly<Record<string, GrantHandler>>, grantType: string): GrantHandler {
  const found = Object.hasOwn(grants, grantType) ? grants[grantType] : undefined;
  if (found === undefined) throw oauthError('INVALID_GRANT_TYPE');
  return found;
}
