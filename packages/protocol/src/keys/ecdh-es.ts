import { base64urlToBytes } from '../bytes/base64.js';
import { type Bytes, concatBytes, utf8 } from '../bytes/bytes.js';
import { CONTENT_ENCRYPTION } from '../bytes/compact-jwe.js';
import { sha256 } from '../bytes/digests.js';
import { MalformedError } from '../bytes/errors.js';

const KEY_BITS = 256;

/**
 * The content key that two P-256 keys agree on: ECDH-ES in direct agreement mode, for A256GCM (RFC 7518 §4.6).
 * @param party apu and apv of the header, where it has them
 * @throws MalformedError when one of those is no base64url
 */
export async function agreeContentKey(
  privateKey: CryptoKey,
  publicKey: CryptoKey,
  party: { readonly apu?: unknown; readonly apv?: unknown } = {},
): Promise<Bytes> {
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, privateKey, KEY_BITS);
  // RFC 7518 §4.6.2: one round of the Concat KDF gives as many bits as SHA-256, which is what is needed.
  return sha256(
    concatBytes(
      uint32(1),
      new Uint8Array(secret),
      lengthAndData(utf8(CONTENT_ENCRYPTION)),
      lengthAndData(partyInfo(party.apu)),
      lengthAndData(partyInfo(party.apv)),
      uint32(KEY_BITS),
    ),
  );
}

/** RFC 7518 §4.6.1.2: base64url, decoded before it is hashed. */
function partyInfo(value: unknown): Bytes {
  if (value === undefined) return new Uint8Array();
  if (typeof value !== 'string') throw new MalformedError('party information must be base64url');
  return base64urlToBytes(value);
}

function lengthAndData(data: Uint8Array): Bytes {
  return concatBytes(uint32(data.length), data);
}

function uint32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
