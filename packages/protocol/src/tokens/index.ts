/**
 * The five token kinds: derivation, the key bundle that a keyFetchToken buys, and typed Bearer credentials
 * (auth API §1.5, 1.6, 2.2). Names are hex texts, secrets are bytes.
 */
export type { BearerCredential } from './bearer.js';
export { bearerCredential, parseBearer } from './bearer.js';
export type { DerivedToken } from './derive-token.js';
export { deriveToken } from './derive-token.js';
export { openKeyBundle, sealKeyBundle } from './key-bundle.js';
export type { TokenKind } from './token-kinds.js';
export { tokenKinds } from './token-kinds.js';
