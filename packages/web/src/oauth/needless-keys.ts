import { type AuthClient, AuthClientError, getScopedKeyData } from '@foxden/auth-client';
import type { StoredAccount } from '../account/stored-account.js';
import type { OAuthRequest } from './oauth-request.js';

/**
 * The request without its keys_jwk where none of its scopes bears a key (oauth-devices §2.1): applications send one with
 * every request, and nobody is to be asked for the password for nothing. Who is not signed in enters it anyway, so the
 * server is asked only by the session that there is. Where it does not say, the keys are taken to be wanted.
 */
export async function withoutNeedlessKeys(
  client: AuthClient,
  account: Pick<StoredAccount, 'sessionToken'> | undefined,
  request: OAuthRequest,
): Promise<OAuthRequest> {
  if (request.keysJwk === undefined || account === undefined) return request;
  try {
    const body = { client_id: request.clientId, scope: request.scope.join(' ') };
    const keyData = await getScopedKeyData(client, account.sessionToken, body);
    return Object.keys(keyData).length === 0 ? { ...request, keysJwk: undefined } : request;
  } catch (error) {
    if (error instanceof AuthClientError) return request;
    throw error;
  }
}
