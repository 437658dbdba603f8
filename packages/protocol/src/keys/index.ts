/**
 * Scoped keys: derivation, the recipient's keys_jwk, and the keys_jwe that carries a bundle to it (OAuth §2).
 */

export { KEYS_JWE_MAX_LENGTH, openKeysJwe, sealKeysJwe } from './keys-jwe.js';
export type { KeysJwk } from './keys-jwk.js';
export { encodeKeysJwk, parseKeysJwk } from './keys-jwk.js';
export { createKeysKeyPair } from './keys-key-pair.js';
export type { KeysBundle, ScopedKey, ScopedKeyData } from './scoped-key.js';
export { deriveScopedKey } from './scoped-key.js';
