import {
  type Bytes,
  createClientSalt,
  createCredentialSet,
  deriveToken,
  hexToBytes,
  passwordChangeFinish,
  passwordChangeStart,
} from '@foxden/protocol';
import type { AuthClient } from '../client.js';
import { AuthClientError } from '../http/error.js';
import { getAccountEmails } from '../settings.js';
import { accountKeys } from './account-keys.js';
import { provePassword } from './prove-password.js';

/** The session that goes on after a change of the password, in place of the one before. */
export interface PasswordChanged {
  /** hex, 64 digits */
  readonly sessionToken: string;
  /** seconds since the epoch */
  readonly authAt: number;
  /** bytes, 32: as before the change */
  readonly kB: Bytes;
}

/**
 * Changes the password, with both versions of credentials and the same kB (auth-api §6.4). All other sessions end.
 * @param of `email` of the account; `sessionToken` (hex, 64 digits) of a verified session
 * @throws AuthClientError `INCORRECT_PASSWORD` about the old one, `UNVERIFIED_SESSION`, `INSUFFICIENT_AAL`, …
 */
export async function changePassword(
  client: AuthClient,
  of: {
    readonly sessionToken: string;
    readonly email: string;
    readonly oldPassword: string;
    readonly newPassword: string;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<PasswordChanged> {
  const { sessionToken, email, oldPassword, newPassword, signal } = of;
  const { originalEmail } = await getAccountEmails(client, sessionToken, signal);
  const { answer, stretched, version } = await provePassword(
    client,
    { email, password: oldPassword, signal },
    (proof) =>
      client.call(passwordChangeStart, {
        token: { sessionToken },
        body: { email: proof.email, oldAuthPW: proof.authPW },
        signal,
      }),
  );
  const keyFetchToken = version === 2 ? answer.keyFetchToken2 : answer.keyFetchToken;
  if (keyFetchToken === undefined) throw malformed();
  const { kB } = await accountKeys(client, { keyFetchToken, unwrapBKey: stretched.unwrapBKey }, signal);
  const clientSalt = createClientSalt(client.random(16));
  const credentials = await createCredentialSet({ email: originalEmail, password: newPassword, clientSalt, kB });
  // Here the wire names the session by its tokenId (auth-api §12, 7).
  const { tokenId } = await deriveToken('sessionToken', hexToBytes(sessionToken));
  const changed = await client.call(passwordChangeFinish, {
    token: { passwordChangeToken: answer.passwordChangeToken },
    body: { ...credentials, sessionToken: tokenId },
    signal,
  });
  if (changed.sessionToken === undefined || changed.authAt === undefined) throw malformed();
  return { sessionToken: changed.sessionToken, authAt: changed.authAt, kB };
}

function malformed(): AuthClientError {
  return new AuthClientError({ kind: 'malformed', message: 'The answer to a change of the password lacks its tokens' });
}
