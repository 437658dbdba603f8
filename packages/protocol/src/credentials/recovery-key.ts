import { type Bytes, exactBytes } from '../bytes/bytes.js';
import { bytesToCrockford, crockfordToBytes } from '../bytes/crockford.js';
import { hkdfSha256 } from '../bytes/digests.js';
import { bytesToHex, exactHex } from '../bytes/hex.js';

/**
 * A recovery key from 20 random bytes (auth API §1.8); five bits are fixed so that its text begins with `A`.
 * @throws MalformedError when there are not 20
 */
export function createRecoveryKey(randomBytes: Uint8Array): Bytes {
  const recoveryKey = new Uint8Array(exactBytes(randomBytes, 20, 'the randomness of a recovery key'));
  recoveryKey[0] = 0x50 | ((recoveryKey[0] ?? 0) & 0x07);
  return recoveryKey;
}

/**
 * The recovery key as people write it down: 32 Crockford base32 symbols in eight groups of four.
 * @throws MalformedError when the key is not 20 bytes
 */
export function formatRecoveryKey(recoveryKey: Uint8Array): string {
  return bytesToCrockford(exactBytes(recoveryKey, 20, 'a recovery key')).replace(/(.{4})(?=.)/g, '$1 ');
}

/**
 * The 20 bytes of a recovery key as a person typed it: either case, spaces and hyphens anywhere, O, I and L for digits.
 * @throws MalformedError when it is not one
 */
export function parseRecoveryKey(text: string): Bytes {
  const recoveryKey = crockfordToBytes(text);
  exactBytes(recoveryKey, 20, 'a recovery key');
  return recoveryKey;
}

/**
 * The name of a recovery key, which the server keeps: hex, 32 digits (auth API §1.8).
 * @param recoveryKey bytes, 20
 * @param uid hex, 32 digits
 * @throws MalformedError on another length
 */
export async function recoveryKeyId(recoveryKey: Uint8Array, uid: string): Promise<string> {
  return bytesToHex(await derive(recoveryKey, uid, 'fxa recovery fingerprint', 16));
}

/** The AES-256 key of the recovery data, 32 bytes (auth API §1.8); takes and throws as `recoveryKeyId`. */
export function recoveryEncryptKey(recoveryKey: Uint8Array, uid: string): Promise<Bytes> {
  return derive(recoveryKey, uid, 'fxa recovery encrypt key', 32);
}

async function derive(recoveryKey: Uint8Array, uid: string, info: string, length: number): Promise<Bytes> {
  return hkdfSha256(exactBytes(recoveryKey, 20, 'a recovery key'), info, length, exactHex(uid, 16, 'uid'));
}
