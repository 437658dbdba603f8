import { type BodyOf, idTokenVerify, oauthEndpoints, oauthLogout, type ResponseOf } from '@foxden/protocol';
import type { AuthClient } from './client.js';

/** What a server tells everybody about an OAuth client; `UNKNOWN_CLIENT` when there is none. */
export function getClient(
  client: AuthClient,
  clientId: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof oauthEndpoints.oauthClient>> {
  return client.call(oauthEndpoints.oauthClient, { params: { client_id: clientId }, signal });
}

/** An authorization code for an OAuth client, with the URL that delivers it (oauth-devices §1.6). */
export function createAuthorizationCode(
  client: AuthClient,
  sessionToken: string,
  body: BodyOf<typeof oauthEndpoints.oauthAuthorization>,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof oauthEndpoints.oauthAuthorization>> {
  return client.call(oauthEndpoints.oauthAuthorization, { token: { sessionToken }, body, signal });
}

/** Exchanges a grant for tokens (oauth-devices §1.7); the `fxa-credentials` grant needs a session. */
export function requestTokens(
  client: AuthClient,
  body: BodyOf<typeof oauthEndpoints.oauthToken>,
  sessionToken?: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof oauthEndpoints.oauthToken>> {
  const token = sessionToken === undefined ? undefined : { sessionToken };
  return client.call(oauthEndpoints.oauthToken, { token, body, signal });
}

/** Revokes an access or refresh token (RFC 7009); an unknown token is no error. */
export async function destroyToken(
  client: AuthClient,
  body: BodyOf<typeof oauthEndpoints.oauthDestroy>,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(oauthEndpoints.oauthDestroy, { body, signal });
}

/** What is needed to derive the keys of the scopes a client asks for, by scope (oauth-devices §2.1). */
export function getScopedKeyData(
  client: AuthClient,
  sessionToken: string,
  body: BodyOf<typeof oauthEndpoints.scopedKeyData>,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof oauthEndpoints.scopedKeyData>> {
  return client.call(oauthEndpoints.scopedKeyData, { token: { sessionToken }, body, signal });
}

/** The profile of a person, as far as the access token allows (oauth-devices §5). */
export function getProfile(
  client: AuthClient,
  accessToken: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof oauthEndpoints.profile>> {
  return client.call(oauthEndpoints.profile, { token: { accessToken }, signal });
}

/** The claims of an ID token that the server made for a client (oauth-devices §1.8); `INVALID_TOKEN` when it is none. */
export function verifyIdToken(
  client: AuthClient,
  body: BodyOf<typeof idTokenVerify>,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof idTokenVerify>> {
  return client.call(idTokenVerify, { body, signal });
}

/** What an application's request to sign the person out is worth (OpenID Connect RP-Initiated Logout 1.0); ends nothing. */
export function describeLogout(
  client: AuthClient,
  body: BodyOf<typeof oauthLogout>,
  sessionToken?: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof oauthLogout>> {
  const token = sessionToken === undefined ? undefined : { sessionToken };
  return client.call(oauthLogout, { token, body, signal });
}
