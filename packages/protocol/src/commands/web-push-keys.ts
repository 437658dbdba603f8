import { base64urlToBytes, bytesToBase64url } from '../bytes/base64.js';
import { type Bytes, concatBytes, exactBytes, type Random } from '../bytes/bytes.js';
import { MalformedError } from '../bytes/errors.js';

/** Where a sealed payload can be sent (RFC 8291 §2). */
export interface WebPushPublicKeys {
  /** bytes, 65: an uncompressed point of P-256 */
  readonly publicKey: Uint8Array;
  /** bytes, 16 */
  readonly authSecret: Uint8Array;
}

/** What opens it there. */
export interface WebPushKeys extends WebPushPublicKeys {
  /** bytes, 32 */
  readonly privateKey: Uint8Array;
}

const P256 = { name: 'ECDH', namedCurve: 'P-256' };
const UNCOMPRESSED = 4;

/** Fresh keys of a receiver. */
export async function createWebPushKeys(random: Random): Promise<WebPushKeys> {
  return { ...(await createKeyPair()), authSecret: exactBytes(random(16), 16, 'authSecret') };
}

/** A fresh P-256 pair as bytes: 65 and 32. */
export async function createKeyPair(): Promise<{ readonly publicKey: Bytes; readonly privateKey: Bytes }> {
  const pair = await crypto.subtle.generateKey(P256, true, ['deriveBits']);
  const { d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return {
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
    privateKey: base64urlToBytes(d ?? ''),
  };
}

/**
 * The ECDH secret of one side's private key and the other side's public key: bytes, 32.
 * @throws MalformedError when a key is none of P-256
 */
export async function agree(
  own: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array },
  peer: Uint8Array,
): Promise<Bytes> {
  try {
    const point = exactBytes(own.publicKey, 65, 'the public key');
    const privateKey = await crypto.subtle.importKey(
      'jwk',
      {
        kty: 'EC',
        crv: 'P-256',
        x: bytesToBase64url(point.subarray(1, 33)),
        y: bytesToBase64url(point.subarray(33)),
        d: bytesToBase64url(exactBytes(own.privateKey, 32, 'the private key')),
      },
      P256,
      false,
      ['deriveBits'],
    );
    if (peer[0] !== UNCOMPRESSED) throw new MalformedError('the public key is not an uncompressed point');
    const publicKey = await crypto.subtle.importKey('raw', concatBytes(peer), P256, false, []);
    return new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, privateKey, 256));
  } catch (cause) {
    throw cause instanceof MalformedError ? cause : new MalformedError('not a key of P-256', { cause });
  }
}
