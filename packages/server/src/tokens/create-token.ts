import { hash } from 'node:crypto';
import { deriveToken, type TokenKind } from '@foxden/protocol';
import type { Random } from '../context.js';
import { toHex } from '../storage/hex.js';

/** A fresh token: what the client gets, and what is stored instead of it. */
export interface NewToken {
  /** hex, 64 digits: goes to the client and nowhere else. */
  readonly token: string;
  /** SHA-256 of the tokenId. The tokenId itself is a credential (`Bearer fxs_<tokenId>`), so it is not stored. */
  readonly tokenHash: Uint8Array;
  readonly reqHMACkey: Uint8Array<ArrayBuffer>;
  readonly bundleKey: Uint8Array<ArrayBuffer>;
}

/** Makes a token of a kind and derives what belongs to it (auth-api §1.5). */
export function createToken(random: Random, kind: TokenKind): Promise<NewToken> {
  return tokenFrom(random.bytes(32), kind);
}

/** The token of given bytes (32), which must be as hard to guess as random ones. */
export async function tokenFrom(token: Uint8Array<ArrayBuffer>, kind: TokenKind): Promise<NewToken> {
  const { tokenId, reqHMACkey, bundleKey } = await deriveToken(kind, token);
  return { token: toHex(token), tokenHash: hashTokenId(tokenId), reqHMACkey, bundleKey };
}

/** The stored form of a tokenId (hex, 64 digits): SHA-256 of its bytes. */
export function hashTokenId(tokenId: string): Uint8Array {
  return hash('sha256', Buffer.from(tokenId, 'hex'), 'buffer');
}
