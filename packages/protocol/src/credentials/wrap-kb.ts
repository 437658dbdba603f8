import { type Bytes, exactBytes, xorBytes } from '../bytes/bytes.js';

/**
 * kB from the server's wrapKb and the client's unwrapBKey, all 32 bytes (auth API §1.4).
 * @throws MalformedError on another length
 */
export function unwrapKb(wrappedKb: Uint8Array, unwrapBKey: Uint8Array): Bytes {
  return xorBytes(exactBytes(wrappedKb, 32, 'wrapKb'), exactBytes(unwrapBKey, 32, 'unwrapBKey'));
}

/**
 * wrapKb, which the server may keep, from kB and the client's unwrapBKey, all 32 bytes (auth API §1.4).
 * @throws MalformedError on another length
 */
export function wrapKb(kB: Uint8Array, unwrapBKey: Uint8Array): Bytes {
  return xorBytes(exactBytes(kB, 32, 'kB'), exactBytes(unwrapBKey, 32, 'unwrapBKey'));
}
