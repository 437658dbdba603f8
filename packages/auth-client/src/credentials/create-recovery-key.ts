import {
  createRecoveryKey as createKey,
  formatRecoveryKey,
  mfaRecoveryKeyCreate,
  recoveryKeyId,
  sealRecoveryData,
} from '@foxden/protocol';
import type { AuthClient } from '../client.js';

/**
 * Gives the account a new recovery key, in place of one that there was (auth-api §1.8, §6.12). The server gets kB sealed
 * under it and never the key, which is given as people write it down.
 * @param of `stepUpToken` of the action `recovery_key`; `uid` hex, 32 digits; `kB` bytes, 32
 * @throws AuthClientError `INVALID_MFA_TOKEN`, `UNVERIFIED_SESSION`, …
 */
export async function createRecoveryKey(
  client: AuthClient,
  of: {
    readonly stepUpToken: string;
    readonly uid: string;
    readonly kB: Uint8Array;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<string> {
  const { stepUpToken, uid, kB, signal } = of;
  const key = createKey(client.random(20));
  const [id, recoveryData] = await Promise.all([
    recoveryKeyId(key, uid),
    sealRecoveryData(key, uid, kB, client.random),
  ]);
  const body = { recoveryKeyId: id, recoveryData, enabled: true, replaceKey: true };
  await client.call(mfaRecoveryKeyCreate, { token: { 'mfa:recovery_key': stepUpToken }, body, signal });
  return formatRecoveryKey(key);
}
