import { createHmac, hkdfSync } from 'node:crypto';

const SIGNING = 'services.mozilla.com/tokenlib/v1/signing';
const DERIVE = 'services.mozilla.com/tokenlib/v1/derive/';

/** Keys of a master secret (sync §2.6): the one that signs tokens, and the Hawk key of each token. */
export interface TokenKeys {
  /** HMAC-SHA256 of a token's payload (bytes, 32). */
  sign(payload: Uint8Array): Buffer;
  /** The Hawk key of a token: base64url with padding, of which the text itself is the key. */
  derive(token: string, salt: string): string;
}

/** @param masterSecret any text; its UTF-8 bytes count */
export function createTokenKeys(masterSecret: string): TokenKeys {
  const ikm = Buffer.from(masterSecret, 'utf8');
  const signingKey = Buffer.from(hkdfSync('sha256', ikm, '', SIGNING, 32));
  return {
    sign: (payload) => createHmac('sha256', signingKey).update(payload).digest(),
    derive: (token, salt) => paddedBase64url(Buffer.from(hkdfSync('sha256', ikm, salt, DERIVE + token, 32))),
  };
}

/** Base64url with padding, which tokens of Sync have and JOSE has not. */
export function paddedBase64url(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
