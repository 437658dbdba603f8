import { type Bytes, exactBytes, xorBytes } from '../bytes/bytes.js';
import { hkdfSha256 } from '../bytes/digests.js';
import { kw } from './namespace.js';

/**
 * What the server stores to check authPW, 32 bytes (auth API §1.3).
 * @param bigStretchedPW the slow hash of authPW and authSalt, 32 bytes
 * @throws MalformedError on another length
 */
export async function deriveVerifyHash(bigStretchedPW: Uint8Array): Promise<Bytes> {
  return hkdfSha256(exactBytes(bigStretchedPW, 32, 'bigStretchedPW'), kw('verifyHash'), 32);
}

/**
 * What hides wrapKb in the server's database, 32 bytes (auth API §1.3); takes and throws as `deriveVerifyHash`.
 */
export async function deriveWrapwrapKey(bigStretchedPW: Uint8Array): Promise<Bytes> {
  return hkdfSha256(exactBytes(bigStretchedPW, 32, 'bigStretchedPW'), kw('wrapwrapKey'), 32);
}

/**
 * wrapWrapKb, which is stored, from wrapKb and wrapwrapKey, all 32 bytes (auth API §1.3).
 * @throws MalformedError on another length
 */
export function wrapWrapKb(wrapKb: Uint8Array, wrapwrapKey: Uint8Array): Bytes {
  return xorBytes(exactBytes(wrapKb, 32, 'wrapKb'), exactBytes(wrapwrapKey, 32, 'wrapwrapKey'));
}

/**
 * wrapKb from what is stored, when a login has brought the authPW that opens it (auth API §1.3).
 * @throws MalformedError on another length than 32 bytes
 */
export function unwrapWrapKb(wrappedWrapKb: Uint8Array, wrapwrapKey: Uint8Array): Bytes {
  return xorBytes(exactBytes(wrappedWrapKb, 32, 'wrapWrapKb'), exactBytes(wrapwrapKey, 32, 'wrapwrapKey'));
}
