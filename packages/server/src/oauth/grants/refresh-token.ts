import {
  parseScope,
  SCOPE_OPENID,
  SCOPE_SESSION_TOKEN,
  type ScopeSet,
  scopesNotImplied,
  unionScopes,
} from '@foxden/protocol';
import type { Context } from '../../context.js';
import { oauthError } from '../../errors.js';
import { toHex } from '../../storage/hex.js';
import type { RefreshTokenRow } from '../../storage/index.js';
import { prepareAccessToken } from '../access-token.js';
import type { OAuthClient } from '../client.js';
import { authenticateClient, requireClientId } from '../client-authentication.js';
import { requireClient } from '../find-client.js';
import { invalidParameter } from '../invalid-parameter.js';
import { accessTokenAnswer, type TokenAnswer } from '../issue-tokens.js';
import { LAST_USED_INTERVAL } from '../lifetimes.js';
import { readScopeParameter } from '../requested-scope.js';
import { intersecting } from '../rules/limit-custom-scopes.js';
import { scopeText } from '../scope-text.js';
import { insertRefreshedAccessToken } from '../store/access-tokens.js';
import { readRefreshToken, touchRefreshToken } from '../store/refresh-tokens.js';
import { readCustomScopes } from '../store/scopes.js';
import { hashToken } from '../token-hash.js';
import type { TokenRequest } from './token-request.js';

/** What a refresh token never gives: both are answers to a sign-in, which this is not (oauth-devices §1.7). */
const SIGN_IN_SCOPES = [SCOPE_OPENID, SCOPE_SESSION_TOKEN];

/**
 * Gives a new access token for a refresh token (RFC 6749 §6). The refresh token stays as it is.
 * @throws UNKNOWN_CLIENT, INVALID_PARAMETER and INCORRECT_CLIENT_SECRET about the client; INVALID_TOKEN for an unknown
 *   token or another client's; INVALID_SCOPES for more than it stands for
 */
export async function refreshToken(context: Context, request: TokenRequest): Promise<TokenAnswer> {
  const { body, credentials } = request;
  const client = await requireClient(context, requireClientId(credentials));
  authenticateClient(client, credentials.clientSecret);
  if (body.refresh_token === undefined) throw invalidParameter('refresh_token');
  const token = await readRefreshToken(context.storage.db, hashToken(body.refresh_token));
  if (token === undefined || token.clientId !== client.id) throw oauthError('INVALID_TOKEN');

  const grant = {
    uid: toHex(token.uid),
    client,
    scope: await grantedScope(context, client, token, body.scope),
    ttl: body.ttl,
    resource: body.resource,
    grantId: token.grantId,
  };
  const access = prepareAccessToken(context, grant);
  if (access.isStored && !(await insertRefreshedAccessToken(context.storage, access.row, token.tokenHash))) {
    throw oauthError('INVALID_TOKEN');
  }
  await recordUse(context, token);
  return accessTokenAnswer(context, grant, access);
}

/** The whole scope of the token, or the part that is asked for; a trusted client may go on to its own scopes. */
async function grantedScope(
  context: Context,
  client: OAuthClient,
  token: RefreshTokenRow,
  requested: string | undefined,
): Promise<ScopeSet> {
  const own = parseScope(token.scope);
  const scope = requested === undefined ? own : readScopeParameter(requested);
  const beyond = requested === undefined ? [] : scopesNotImplied(own, scope);
  if (beyond.length > 0) {
    const refused = client.trusted ? scopesNotImplied(unionScopes(own, client.allowedScopes), beyond) : beyond;
    if (refused.length > 0) throw oauthError('INVALID_SCOPES', { invalidScopes: scopeText(refused) });
    await requireProofForKeys(context, token, beyond);
  }
  return scope.filter((value) => !SIGN_IN_SCOPES.includes(value.text));
}

/**
 * A scope with keys needs a session that was confirmed beyond the password, when a code is made for it. A refresh token
 * must not be a way around that; its `amr` remembers how the session was confirmed.
 * @throws INVALID_SCOPES
 */
async function requireProofForKeys(context: Context, token: RefreshTokenRow, scope: ScopeSet): Promise<void> {
  if (token.amr !== 'pwd') return;
  const withKeys = intersecting(scope, (await readCustomScopes(context.storage.db)).withKeys);
  if (withKeys.length > 0) throw oauthError('INVALID_SCOPES', { invalidScopes: scopeText(withKeys) });
}

async function recordUse(context: Context, token: RefreshTokenRow): Promise<void> {
  const now = context.clock.now();
  if (now - token.lastUsedAt >= LAST_USED_INTERVAL) await touchRefreshToken(context.storage.db, token, now);
}
