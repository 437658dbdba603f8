import { type Bytes, ownBytes, utf8 } from './bytes.js';

/** SHA-256 (FIPS 180-4): 32 bytes. */
export async function sha256(data: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', ownBytes(data)));
}

/** HMAC-SHA256 (RFC 2104): 32 bytes. */
export async function hmacSha256(key: Uint8Array, data: Uint8Array): Promise<Bytes> {
  const hmacKey = await crypto.subtle.importKey('raw', ownBytes(key), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return new Uint8Array(await crypto.subtle.sign('HMAC', hmacKey, ownBytes(data)));
}

/**
 * HKDF-SHA256 (RFC 5869).
 * @param info text (as UTF-8) or bytes
 * @param length of the result, bytes
 * @param salt empty when left out, which is the same as 32 zero bytes
 */
export async function hkdfSha256(
  ikm: Uint8Array,
  info: string | Uint8Array,
  length: number,
  salt: Uint8Array = new Uint8Array(),
): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', ownBytes(ikm), 'HKDF', false, ['deriveBits']);
  const context = typeof info === 'string' ? utf8(info) : ownBytes(info);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: ownBytes(salt), info: context };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 8 * length));
}

/** PBKDF2-HMAC-SHA256 (RFC 8018 §5.2); `length` in bytes. */
export async function pbkdf2Sha256(
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', ownBytes(password), 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: ownBytes(salt), iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 8 * length));
}
