import { base64urlToBytes, bytesToBase64url } from '../bytes/base64.js';
import { exactBytes, utf8, utf8Text } from '../bytes/bytes.js';
import { parseJson } from '../bytes/compact-jwe.js';
import { MalformedError } from '../bytes/errors.js';
import { bytesToHex } from '../bytes/hex.js';

/** The public key that a keys_jwe is sealed to. */
export interface KeysJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  /** base64url, 32 bytes */
  readonly x: string;
  /** base64url, 32 bytes */
  readonly y: string;
  /** comes back in the header of the keys_jwe */
  readonly kid?: string;
}

/**
 * The keys_jwk parameter of a public JWK: base64url of its JSON with no other members (OAuth §2.3).
 * @throws MalformedError as `parseKeysJwk`; so a private key never gets into a URL
 */
export function encodeKeysJwk(jwk: object): string {
  const { kty, crv, x, y, kid } = readKeysJwk(jwk);
  return bytesToBase64url(utf8(JSON.stringify({ crv, kty, x, y, kid })));
}

/**
 * Reads a keys_jwk parameter (OAuth §2.3); members it does not know are left aside.
 * @throws MalformedError when it is not the base64url JSON of an EC P-256 public key whose point is on the curve
 */
export function parseKeysJwk(keysJwk: string): KeysJwk {
  return readKeysJwk(parseJson(utf8Text(base64urlToBytes(keysJwk)), 'keys_jwk'));
}

/**
 * Reads a public P-256 JWK.
 * @throws MalformedError when it is none, or its point is not on the curve
 */
export function readKeysJwk(jwk: unknown): KeysJwk {
  const members: Record<string, unknown> = typeof jwk === 'object' && jwk !== null ? { ...jwk } : {};
  const { kty, crv, x, y, d, kid } = members;
  if (kty !== 'EC' || crv !== 'P-256') throw new MalformedError('keys_jwk is not an EC P-256 key');
  if (d !== undefined) throw new MalformedError('keys_jwk holds a private key');
  if (typeof x !== 'string' || typeof y !== 'string' || !isOnCurve(coordinate(x), coordinate(y))) {
    throw new MalformedError('keys_jwk is not a point of P-256');
  }
  if (kid !== undefined && typeof kid !== 'string') throw new MalformedError('keys_jwk has a kid that is no text');
  return kid === undefined ? { kty, crv, x, y } : { kty, crv, x, y, kid };
}

function coordinate(text: string): bigint {
  return BigInt(`0x${bytesToHex(exactBytes(base64urlToBytes(text), 32, 'a coordinate of keys_jwk'))}`);
}

// FIPS 186-5 / SP 800-186 §3.2.1.3: y² = x³ - 3x + b (mod p). Not every WebCrypto checks it on import, and a point of
// another curve would give away bits of the sealer's ephemeral key.
function isOnCurve(x: bigint, y: bigint): boolean {
  const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
  const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
  return x < p && y < p && (y * y - (x * x * x - 3n * x + b)) % p === 0n;
}
