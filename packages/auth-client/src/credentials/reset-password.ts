import { accountReset, type Bytes, createClientSalt, createCredentialSet } from '@foxden/protocol';
import type { AuthClient } from '../client.js';
import { AuthClientError } from '../http/error.js';
import type { RecoveredKey } from './open-recovery-key.js';

/** A new session of an account whose password was reset. */
export interface PasswordReset {
  /** hex, 32 digits */
  readonly uid: string;
  /** hex, 64 digits */
  readonly sessionToken: string;
  /** seconds since the epoch */
  readonly authAt: number;
  readonly emailVerified: boolean;
  readonly sessionVerified: boolean;
  /** bytes, 32: the one that the recovery key opened, else a new one */
  readonly kB: Bytes;
}

/**
 * Sets a new password, with both versions of credentials, and signs in (auth-api §6.3). kB survives with the recovery
 * key; without it the account gets another, and what was encrypted under the old one stays closed.
 * @param of `email` to hash with, as the server named it; `accountResetToken` hex, 64 digits
 * @throws AuthClientError `UNVERIFIED_SESSION` where the second factor was not proven, `INVALID_TOKEN`, …
 */
export async function resetPassword(
  client: AuthClient,
  of: {
    readonly accountResetToken: string;
    readonly email: string;
    readonly password: string;
    readonly recovered?: RecoveredKey | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<PasswordReset> {
  const { accountResetToken, email, password, recovered, signal } = of;
  const kB = recovered?.kB ?? new Uint8Array(client.random(32));
  const clientSalt = createClientSalt(client.random(16));
  const credentials = await createCredentialSet({ email, password, clientSalt, kB });
  const answer = await client.call(accountReset, {
    token: { accountResetToken },
    body: { ...credentials, recoveryKeyId: recovered?.recoveryKeyId, sessionToken: true },
    signal,
  });
  const { uid, sessionToken, authAt, emailVerified = false, sessionVerified = false } = answer;
  if (uid === undefined || sessionToken === undefined || authAt === undefined) {
    throw new AuthClientError({ kind: 'malformed', message: 'The password was reset, but no session came with it' });
  }
  return { uid, sessionToken, authAt, emailVerified, sessionVerified, kB };
}
