import { type AuthClient, isAuthError, verifyIdToken } from '@foxden/auth-client';
import type { OAuthRequest } from './oauth-request.js';

/** An application may come back with the ID token of its last sign-in, which has long expired. */
const GRACE_PERIOD = 180 * 24 * 60 * 60;

/**
 * The uid that an `id_token_hint` names; undefined when there is no hint, or none that this server made for the application.
 * @throws AuthClientError when the server cannot be asked
 */
export async function hintedUid(
  client: AuthClient,
  { clientId, idTokenHint }: Pick<OAuthRequest, 'clientId' | 'idTokenHint'>,
): Promise<string | undefined> {
  if (idTokenHint === undefined) return undefined;
  const body = { client_id: clientId, id_token: idTokenHint, expiry_grace_period: GRACE_PERIOD };
  try {
    return (await verifyIdToken(client, body)).sub;
  } catch (error) {
    if (isAuthError(error, 'INVALID_TOKEN', 'INVALID_PARAMETER')) return undefined;
    throw error;
  }
}
