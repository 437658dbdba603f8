/**
 * Bytes and their texts, and the WebCrypto primitives the protocol is made of.
 * RFC 4648 (hex, base64), Crockford base32, FIPS 180-4, RFC 2104, RFC 5869, RFC 8018.
 */

export { base64ToBytes, base64urlToBytes, bytesToBase64, bytesToBase64url } from './base64.js';
export type { Bytes, Random } from './bytes.js';
export { concatBytes, equalBytes, utf8, xorBytes } from './bytes.js';
export { bytesToCrockford, crockfordToBytes } from './crockford.js';
export { hkdfSha256, hmacSha256, pbkdf2Sha256, sha256 } from './digests.js';
export { IntegrityError, MalformedError } from './errors.js';
export { bytesToHex, hexToBytes } from './hex.js';
