import { type Bytes, openRecoveryData, parseRecoveryKey, recoveryKeyGet, recoveryKeyId } from '@foxden/protocol';
import type { AuthClient } from '../client.js';

/** What a recovery key opens. */
export interface RecoveredKey {
  /** hex, 32 digits: names the key in the reset that uses it up */
  readonly recoveryKeyId: string;
  /** bytes, 32 */
  readonly kB: Bytes;
}

/**
 * kB by the recovery key, as a person typed it, within a reset (auth-api §1.8, §6.12). The key itself is not sent.
 * @param of `accountResetToken` hex, 64 digits; `uid` hex, 32 digits
 * @throws MalformedError when the text is no recovery key
 * @throws AuthClientError `RECOVERY_KEY_INVALID`, `RECOVERY_KEY_NOT_FOUND`, …
 * @throws IntegrityError when what the server keeps was changed
 */
export async function openRecoveryKey(
  client: AuthClient,
  of: {
    readonly accountResetToken: string;
    readonly uid: string;
    readonly recoveryKey: string;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<RecoveredKey> {
  const { accountResetToken, uid, signal } = of;
  const recoveryKey = parseRecoveryKey(of.recoveryKey);
  const params = { recoveryKeyId: await recoveryKeyId(recoveryKey, uid) };
  const { recoveryData } = await client.call(recoveryKeyGet, { token: { accountResetToken }, params, signal });
  return { ...params, kB: await openRecoveryData(recoveryKey, uid, recoveryData) };
}
