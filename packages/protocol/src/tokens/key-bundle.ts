import { type Bytes, concatBytes, equalBytes, exactBytes, xorBytes } from '../bytes/bytes.js';
import { hkdfSha256, hmacSha256 } from '../bytes/digests.js';
import { IntegrityError } from '../bytes/errors.js';
import { kw } from '../credentials/namespace.js';

/**
 * The bundle of account/keys: kA and wrapKb under a keyFetchToken's bundleKey, 96 bytes (auth API §1.6).
 * @throws MalformedError when a part is not 32 bytes
 */
export async function sealKeyBundle(bundleKey: Uint8Array, kA: Uint8Array, wrapKb: Uint8Array): Promise<Bytes> {
  const plaintext = concatBytes(exactBytes(kA, 32, 'kA'), exactBytes(wrapKb, 32, 'wrapKb'));
  const { respHMACkey, respXORkey } = await responseKeys(bundleKey);
  const ciphertext = xorBytes(plaintext, respXORkey);
  return concatBytes(ciphertext, await hmacSha256(respHMACkey, ciphertext));
}

/**
 * kA and wrapKb (32 bytes each) from a bundle of 96 bytes (auth API §1.6).
 * @throws MalformedError on another length
 * @throws IntegrityError when the bundle was changed or belongs to another token
 */
export async function openKeyBundle(
  bundleKey: Uint8Array,
  bundle: Uint8Array,
): Promise<{ readonly kA: Bytes; readonly wrapKb: Bytes }> {
  const ciphertext = exactBytes(bundle, 96, 'a key bundle').subarray(0, 64);
  const { respHMACkey, respXORkey } = await responseKeys(bundleKey);
  if (!equalBytes(await hmacSha256(respHMACkey, ciphertext), bundle.subarray(64))) {
    throw new IntegrityError('the MAC of the key bundle does not match');
  }
  const plaintext = xorBytes(ciphertext, respXORkey);
  return { kA: plaintext.slice(0, 32), wrapKb: plaintext.slice(32) };
}

async function responseKeys(bundleKey: Uint8Array) {
  const keys = await hkdfSha256(exactBytes(bundleKey, 32, 'bundleKey'), kw('account/keys'), 96);
  return { respHMACkey: keys.subarray(0, 32), respXORkey: keys.subarray(32) };
}
