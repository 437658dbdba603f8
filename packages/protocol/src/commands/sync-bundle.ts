import { base64ToBytes, bytesToBase64 } from '../bytes/base64.js';
import { type Bytes, equalBytes, exactBytes, ownBytes, utf8 } from '../bytes/bytes.js';
import { hmacSha256 } from '../bytes/digests.js';
import { IntegrityError, MalformedError } from '../bytes/errors.js';
import { bytesToHex } from '../bytes/hex.js';

/** AES-256-CBC with an HMAC over the base64 text of the ciphertext, as Sync has it (oauth-devices §4.1). */
export interface SyncBundle {
  /** base64 */
  readonly ciphertext: string;
  /** base64, 16 bytes */
  readonly IV: string;
  /** hex, 64 digits */
  readonly hmac: string;
}

/**
 * @param key bytes, 64: AES key, then HMAC key
 * @param iv bytes, 16
 */
export async function sealSyncBundle(cleartext: Uint8Array, key: Uint8Array, iv: Uint8Array): Promise<SyncBundle> {
  const { aesKey, macKey } = await split(key);
  const algorithm = { name: 'AES-CBC', iv: ownBytes(exactBytes(iv, 16, 'the IV')) };
  const ciphertext = bytesToBase64(new Uint8Array(await crypto.subtle.encrypt(algorithm, aesKey, ownBytes(cleartext))));
  return { ciphertext, IV: bytesToBase64(iv), hmac: bytesToHex(await hmacSha256(macKey, utf8(ciphertext))) };
}

/**
 * @param key bytes, 64: AES key, then HMAC key
 * @throws IntegrityError when the HMAC does not match
 * @throws MalformedError when a member is not of its shape
 */
export async function openSyncBundle(bundle: SyncBundle, key: Uint8Array): Promise<Bytes> {
  const { aesKey, macKey } = await split(key);
  const expected = bytesToHex(await hmacSha256(macKey, utf8(bundle.ciphertext)));
  if (!equalBytes(utf8(expected), utf8(bundle.hmac))) throw new IntegrityError('the HMAC of the bundle does not match');
  const algorithm = { name: 'AES-CBC', iv: ownBytes(exactBytes(base64ToBytes(bundle.IV), 16, 'the IV')) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, aesKey, base64ToBytes(bundle.ciphertext)));
  } catch (cause) {
    throw new MalformedError('the bundle is not padded as it should be', { cause });
  }
}

async function split(key: Uint8Array) {
  const bytes = ownBytes(exactBytes(key, 64, 'the key of a bundle'));
  const aesKey = await crypto.subtle.importKey('raw', bytes.slice(0, 32), 'AES-CBC', false, ['encrypt', 'decrypt']);
  return { aesKey, macKey: bytes.subarray(32) };
}
