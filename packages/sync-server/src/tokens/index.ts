/** The signed tokens that name a Sync user to the storage, and their Hawk keys. sync §2.6. */
export { metricsHashes } from './metrics-hashes.js';
export { makeToken, type OpenedToken, openToken, type SyncToken, type SyncTokenPayload } from './sync-token.js';
export { createTokenKeys, type TokenKeys } from './token-keys.js';
