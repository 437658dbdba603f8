import { oauthToken, sessionDestroy, tokenDestroy, tokenIntrospect } from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import { asFxaError } from '../errors/as-fxa-error.js';
import { flag, object } from '../persistence/reading.js';
import { readTokenAnswer, type TokenAnswer } from './token-answer.js';

/** The requests to the token endpoints, one function each (client §2: R1 to R8). All throw FxaError. */

/** R1, with the session where one is held, so that no second one is made. */
export function redeemCode(context: AccountContext, code: string, codeVerifier: string): Promise<TokenAnswer> {
  const { config, sessionToken } = context.state;
  const body = {
    grant_type: 'authorization_code',
    client_id: config.client_id,
    code,
    code_verifier: codeVerifier,
  };
  return grant(context, body, sessionToken);
}

/** R2: a refresh token for scopes, by a session alone. */
export function refreshTokenBySession(
  context: AccountContext,
  sessionToken: string,
  scopes: readonly string[],
): Promise<TokenAnswer> {
  const { client_id } = context.state.config;
  const body = { client_id, scope: scopes.join(' '), grant_type: 'fxa-credentials', access_type: 'offline' };
  return grant(context, body, sessionToken);
}

/** R3 */
export function accessTokenByRefresh(
  context: AccountContext,
  refreshToken: string,
  scope: string,
  ttl?: number,
): Promise<TokenAnswer> {
  const { client_id } = context.state.config;
  const body = { grant_type: 'refresh_token', client_id, refresh_token: refreshToken, scope };
  return grant(context, ttl === undefined ? body : { ...body, ttl }, null);
}

/** R4 */
export function accessTokenBySession(
  context: AccountContext,
  sessionToken: string,
  scope: string,
): Promise<TokenAnswer> {
  const { client_id } = context.state.config;
  return grant(context, { client_id, grant_type: 'fxa-credentials', scope }, sessionToken);
}

/** R5: the same refresh token with more scopes; the old one ends, the device stays. */
export function exchangeToken(
  context: AccountContext,
  refreshToken: string,
  additional: readonly string[],
): Promise<TokenAnswer> {
  const body = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: refreshToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:refresh_token',
    scope: additional.join(' '),
  };
  return grant(context, body, null);
}

/** R6 */
export function isActive(context: AccountContext, refreshToken: string): Promise<boolean> {
  const body = { token_type_hint: 'refresh_token', token: refreshToken };
  const read = object((member) => member('active', flag));
  return context.connection.call('introspection', tokenIntrospect, { body }, read);
}

/** R7; that it fails is of no consequence. */
export function destroyAccessToken(context: AccountContext, token: string): Promise<void> {
  return tidyUp(() => context.connection.exchange('oauth', tokenDestroy, { body: { token } }));
}

/** R8; that it fails is of no consequence. */
export function destroyRefreshToken(context: AccountContext, token: string): Promise<void> {
  return tidyUp(() => context.connection.exchange('oauth', tokenDestroy, { body: { refresh_token: token } }));
}

/** Ends a session that this application had made; that it fails is of no consequence. */
export function destroySession(context: AccountContext, sessionToken: string): Promise<void> {
  return tidyUp(() => context.connection.exchange('auth', sessionDestroy, { token: { sessionToken } }));
}

function grant(
  context: AccountContext,
  body: Readonly<Record<string, unknown>>,
  sessionToken: string | null,
): Promise<TokenAnswer> {
  const token = sessionToken === null ? undefined : { sessionToken };
  return context.connection.call('auth', oauthToken, { body, token }, readTokenAnswer);
}

/** Runs a request whose failure changes nothing for the account. */
export async function tidyUp(request: () => Promise<unknown>): Promise<void> {
  try {
    await request();
  } catch (error) {
    asFxaError(error);
  }
}
