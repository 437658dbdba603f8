/** Passwords as the server knows them, and the wrapped keys behind them: auth-api §1.3 to §1.7. */
export { authenticateKeyFetchToken, authenticatePasswordChangeToken } from './authenticate.js';
export { createPasswordHasher, type HasherOptions, type PasswordHasher, pretendToCheck } from './hasher.js';
export { fetchKeys, type PendingKeyFetchToken, prepareKeyFetchToken } from './key-fetch.js';
export { pruneCredentials } from './prune.js';
export { requireCompleteVersion2 } from './require-complete-version2.js';
export {
  deleteCredentialTokens,
  insertPasswordChangeToken,
  type KeyFetchToken,
  markKeyFetchTokensVerified,
  type PasswordChangeToken,
  takePasswordChangeToken,
} from './store.js';
export {
  type CheckedPassword,
  type CredentialColumns,
  type CredentialFields,
  checkAuthPW,
  createCredentials,
  type NewCredentials,
  stretchVersion2,
} from './verifier.js';
