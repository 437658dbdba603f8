import {
  bytesToHex,
  createClientSalt,
  createCredentialSet,
  deriveToken,
  hexToBytes,
  passwordChangeFinish,
  passwordChangeStart,
  stretchPasswordV1,
} from '@foxden/protocol';
import type { AuthClient } from '../client.js';
import { accountKeys } from './account-keys.js';

/**
 * Gives an account version 2 credentials beside its version 1, same password, same kB (auth-api §1.7).
 * @param of `email` in the account's own spelling; `sessionToken` (hex, 64 digits) of a verified session
 * @throws AuthClientError of the three calls; the account is as before when any of them fails
 */
export async function upgradeCredentials(
  client: AuthClient,
  of: {
    readonly email: string;
    readonly password: string;
    readonly sessionToken: string;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<void> {
  const { email, password, sessionToken, signal } = of;
  const { authPW, unwrapBKey } = await stretchPasswordV1(email, password);
  const { passwordChangeToken, keyFetchToken } = await client.call(passwordChangeStart, {
    token: { sessionToken },
    body: { email, oldAuthPW: bytesToHex(authPW) },
    signal,
  });
  if (keyFetchToken === undefined) return;
  const { kB } = await accountKeys(client, { keyFetchToken, unwrapBKey }, signal);
  const clientSalt = createClientSalt(client.random(16));
  const credentials = await createCredentialSet({ email, password, clientSalt, kB });
  // Here the wire names the session by its tokenId (auth-api §12, 7).
  const { tokenId } = await deriveToken('sessionToken', hexToBytes(sessionToken));
  const body = { ...credentials, sessionToken: tokenId };
  await client.call(passwordChangeFinish, { token: { passwordChangeToken }, body, signal });
}
