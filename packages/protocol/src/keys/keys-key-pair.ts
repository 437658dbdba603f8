import { encodeKeysJwk } from './keys-jwk.js';

/**
 * A fresh pair for one sign-in: the keys_jwk parameter to send, and the private key for `openKeysJwe` (OAuth §2.3).
 * @param extractable whether the private key may be exported, for a client that must survive a restart in between
 */
export async function createKeysKeyPair(
  extractable = false,
): Promise<{ readonly keysJwk: string; readonly privateKey: CryptoKey }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, extractable, ['deriveBits']);
  return { keysJwk: encodeKeysJwk(await crypto.subtle.exportKey('jwk', pair.publicKey)), privateKey: pair.privateKey };
}
