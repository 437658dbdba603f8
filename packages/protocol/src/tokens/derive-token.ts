import { type Bytes, exactBytes } from '../bytes/bytes.js';
import { hkdfSha256 } from '../bytes/digests.js';
import { bytesToHex } from '../bytes/hex.js';
import { type TokenKind, tokenInfo } from './token-kinds.js';

/** What both ends derive from a token; the server stores the first two and never needs the token again. */
export interface DerivedToken {
  /** hex, 64 digits: the Hawk `id` and the Bearer credential */
  readonly tokenId: string;
  /** bytes, 32: the Hawk key */
  readonly reqHMACkey: Bytes;
  /** bytes, 32: opens what the server encrypts to the holder */
  readonly bundleKey: Bytes;
}

/**
 * Derives id and keys of a token (auth API §1.5).
 * @param token bytes, 32, as the server handed it out
 * @throws MalformedError on another length
 */
export async function deriveToken(kind: TokenKind, token: Uint8Array): Promise<DerivedToken> {
  const derived = await hkdfSha256(exactBytes(token, 32, kind), tokenInfo(kind), 96);
  return {
    tokenId: bytesToHex(derived.subarray(0, 32)),
    reqHMACkey: derived.slice(32, 64),
    bundleKey: derived.slice(64, 96),
  };
}
