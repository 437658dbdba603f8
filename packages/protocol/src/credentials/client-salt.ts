import { exactBytes } from '../bytes/bytes.js';
import { bytesToHex } from '../bytes/hex.js';
import { kw } from './namespace.js';

/** What a version 2 salt looks like: the whole text is the salt, not the digits alone (auth API §1.2, §3). */
export const clientSaltPattern = /^identity\.mozilla\.com\/picl\/v1\/quickStretchV2:[0-9a-f]{32}$/;

/**
 * A clientSalt from 16 random bytes (auth API §1.2).
 * @throws MalformedError when there are not 16
 */
export function createClientSalt(randomBytes: Uint8Array): string {
  return kw(`quickStretchV2:${bytesToHex(exactBytes(randomBytes, 16, 'the randomness of a clientSalt'))}`);
}
