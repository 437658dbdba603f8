import { parseScope, SCOPE_OPENID, SCOPE_SESSION_TOKEN, type ScopeSet, scopesNotImplied } from '@foxden/protocol';
import type { Context } from '../../context.js';
import { oauthError } from '../../errors.js';
import { toHex } from '../../storage/hex.js';
import type { RefreshTokenRow } from '../../storage/index.js';
import { prepareAccessToken } from '../access-token.js';
import { authenticateClient, requireClientId } from '../client-authentication.js';
import { requireClient } from '../find-client.js';
import { invalidParameter } from '../invalid-parameter.js';
import { accessTokenAnswer, type TokenAnswer } from '../issue-tokens.js';
import { LAST_USED_INTERVAL } from '../lifetimes.js';
import { readScopeParameter } from '../requested-scope.js';
import { requireEnabledClient } from '../require-enabled-client.js';
import { endReusedGrant } from '../reused-token.js';
import { scopeText } from '../scope-text.js';
import { insertRefreshedAccessToken } from '../store/access-tokens.js';
import { readRefreshToken, touchRefreshToken } from '../store/refresh-tokens.js';
import { hashToken } from '../token-hash.js';
import type { TokenRequest } from './token-request.js';

/** What a refresh token never gives: both are answers to a sign-in, which this is not (oauth-devices §1.7). */
export const SIGN_IN_SCOPES: readonly string[] = [SCOPE_OPENID, SCOPE_SESSION_TOKEN];

/**
 * Gives a new access token for a refresh token (RFC 6749 §6). The refresh token stays as it is.
 * @throws UNKNOWN_CLIENT, CLIENT_DISABLED, INVALID_PARAMETER and INCORRECT_CLIENT_SECRET about the client; INVALID_TOKEN
 *   for an unknown token or another client's; INVALID_SCOPES for more than it stands for
 */
export async function refreshToken(context: Context, request: TokenRequest): Promise<TokenAnswer> {
  const { body, credentials } = request;
  const client = await requireClient(context, requireClientId(credentials));
  authenticateClient(client, credentials.clientSecret);
  requireEnabledClient(context.config, client.id);
  if (body.refresh_token === undefined) throw invalidParameter('refresh_token');
  const tokenHash = hashToken(body.refresh_token);
  const token = await readRefreshToken(context.storage.db, tokenHash);
  if (token === undefined) await endReusedGrant(context, tokenHash);
  if (token === undefined || token.clientId !== client.id) throw oauthError('INVALID_TOKEN');

  const grant = {
    uid: toHex(token.uid),
    client,
    scope: grantedScope(token, body.scope),
    ttl: body.ttl,
    resource: body.resource,
    ppidSeed: body.ppid_seed,
    grantId: token.grantId,
  };
  const access = prepareAccessToken(context, grant);
  if (access.isStored && !(await insertRefreshedAccessToken(context.storage, access.row, token))) {
    throw oauthError('INVALID_TOKEN');
  }
  await recordUse(context, token);
  return accessTokenAnswer(context, grant, access);
}

/** The whole scope of the token, or the part that is asked for; never more (RFC 6749 §6, docs/decisions/0009). */
function grantedScope(token: RefreshTokenRow, requested: string | undefined): ScopeSet {
  const own = parseScope(token.scope);
  const scope = requested === undefined ? own : readScopeParameter(requested);
  const refused = requested === undefined ? [] : scopesNotImplied(own, scope);
  if (refused.length > 0) throw oauthError('INVALID_SCOPES', { invalidScopes: scopeText(refused) });
  return scope.filter((value) => !SIGN_IN_SCOPES.includes(value.text));
}

async function recordUse(context: Context, token: RefreshTokenRow): Promise<void> {
  const now = context.clock.now();
  if (now - token.lastUsedAt >= LAST_USED_INTERVAL) await touchRefreshToken(context.storage.db, token, now);
}
