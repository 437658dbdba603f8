import { type Bytes, exactBytes, type Random, utf8 } from '../bytes/bytes.js';
import { CONTENT_ENCRYPTION, openCompactJwe, readCompactJwe, sealCompactJwe } from '../bytes/compact-jwe.js';
import { MalformedError } from '../bytes/errors.js';
import { bytesToHex, exactHex } from '../bytes/hex.js';
import { recoveryEncryptKey, recoveryKeyId } from './recovery-key.js';

/**
 * recoveryData: kB under the recovery key, a compact JWE that the server may keep (auth API §1.8).
 * @param recoveryKey bytes, 20
 * @param uid hex, 32 digits
 * @param kB bytes, 32
 * @param random gives the 12 byte IV
 * @throws MalformedError on another length
 */
export async function sealRecoveryData(
  recoveryKey: Uint8Array,
  uid: string,
  kB: Uint8Array,
  random: Random,
): Promise<string> {
  const plaintext = JSON.stringify({ kB: bytesToHex(exactBytes(kB, 32, 'kB')) });
  const [kid, encryptKey] = await Promise.all([recoveryKeyId(recoveryKey, uid), recoveryEncryptKey(recoveryKey, uid)]);
  const header = { enc: CONTENT_ENCRYPTION, alg: 'dir', kid };
  return sealCompactJwe(header, utf8(plaintext), encryptKey, exactBytes(random(12), 12, 'the IV'));
}

/**
 * kB (32 bytes) from recoveryData; data of earlier versions also carries kA, which is left aside (auth API §1.8).
 * @throws IntegrityError when this is not the recovery key of this uid, or the data was changed
 * @throws MalformedError when the text is no such JWE or holds no kB
 */
export async function openRecoveryData(recoveryKey: Uint8Array, uid: string, recoveryData: string): Promise<Bytes> {
  const encryptKey = await recoveryEncryptKey(recoveryKey, uid);
  const data = await openCompactJwe(readCompactJwe(recoveryData, 'dir', 'recovery data'), encryptKey, 'recovery data');
  if (typeof data !== 'object' || data === null || !('kB' in data) || typeof data.kB !== 'string') {
    throw new MalformedError('recovery data holds no kB');
  }
  return exactHex(data.kB, 32, 'kB');
}
