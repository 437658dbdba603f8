import { SCOPE_OLDSYNC } from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import { FxaError } from '../errors/fxa-error.js';
import type { AccessTokenInfo, RefreshToken } from '../persistence/account-state.js';
import { normalizedScope, splitScope, type TokenAnswer } from './token-answer.js';
import { accessTokenByRefresh, accessTokenBySession, destroyAccessToken, exchangeToken } from './token-requests.js';

/** A token that ends so soon is not handed out any more, seconds. */
const MARGIN = 60;

export interface AccessTokenOptions {
  /** Whether a token that was handed out before may be handed out again; it may when left out. */
  readonly useCache?: boolean;
  /** How long it should live, seconds; the server decides when left out. */
  readonly ttl?: number;
}

/**
 * An access token for one or more scopes, separated by blanks (client §6.6). Scopes that are not held are added to the
 * authorization where the server allows it without asking.
 * @throws FxaError `Forbidden` when a scope needs a flow first; `Authentication`; `SyncScopedKeyMissingInServerResponse`
 */
export async function getAccessToken(
  context: AccountContext,
  scope: string,
  { useCache = true, ttl }: AccessTokenOptions = {},
): Promise<AccessTokenInfo> {
  const wanted = normalizedScope(scope);
  if (wanted === '') throw new FxaError('Other', 'No scope was asked for');
  const cached = context.state.accessTokenCache[wanted];
  if (useCache && cached !== undefined && isUsable(context, cached)) return cached;
  const answer = await request(context, wanted, ttl);
  const token: AccessTokenInfo = {
    scope: answer.scope,
    token: answer.accessToken,
    key: context.state.scopedKeys[wanted] ?? null,
    expiresAt: seconds(context) + answer.expiresIn,
  };
  context.update({ accessTokenCache: { ...context.state.accessTokenCache, [wanted]: token } });
  if (lacksSyncKey(token)) {
    throw new FxaError('SyncScopedKeyMissingInServerResponse', 'There is no key for the scope of Sync');
  }
  return token;
}

async function request(context: AccountContext, wanted: string, ttl: number | undefined): Promise<TokenAnswer> {
  const { refreshToken, sessionToken } = context.state;
  if (refreshToken !== null) {
    const { token } = await withScopes(context, refreshToken, splitScope(wanted));
    return accessTokenByRefresh(context, token, wanted, ttl);
  }
  if (sessionToken === null) throw new FxaError('Authentication', 'Nobody is signed in: there is no session token');
  return accessTokenBySession(context, sessionToken, wanted);
}

/** The refresh token, exchanged for one with more scopes where it has too few. */
async function withScopes(
  context: AccountContext,
  held: RefreshToken,
  wanted: readonly string[],
): Promise<RefreshToken> {
  const missing = wanted.filter((scope) => !held.scopes.includes(scope));
  if (missing.length === 0) return held;
  const { refreshToken, scopes, accessToken } = await exchangeToken(context, held.token, missing);
  if (refreshToken === null || !wanted.every((scope) => scopes.includes(scope))) {
    throw new FxaError('Other', 'The server exchanged the token for one without the scopes that were asked for');
  }
  const exchanged = { token: refreshToken, scopes };
  // The old one has ended.
  context.update({ refreshToken: exchanged, accessTokenCache: {} });
  await context.save();
  await destroyAccessToken(context, accessToken);
  return exchanged;
}

function isUsable(context: AccountContext, token: AccessTokenInfo): boolean {
  return token.expiresAt > seconds(context) + MARGIN && !lacksSyncKey(token);
}

function lacksSyncKey({ scope, key }: AccessTokenInfo): boolean {
  return scope === SCOPE_OLDSYNC && key === null;
}

function seconds(context: AccountContext): number {
  return Math.floor(context.now() / 1000);
}
