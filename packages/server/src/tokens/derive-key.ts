import { hkdfSync } from 'node:crypto';

/** A key of our own (bytes, 32) for one purpose: HKDF-SHA256 of the server secret, with the purpose as its info. */
export function deriveKey(secret: Uint8Array, purpose: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), purpose, 32));
}
