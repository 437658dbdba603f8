/** Passwords as the server knows them, and the wrapped keys behind them: auth-api §1.3 to §1.7. */
export {
  authenticateAccountResetToken,
  authenticateKeyFetchToken,
  authenticatePasswordChangeToken,
  authenticatePasswordForgotToken,
} from './authenticate.js';
export { forgotCode, forgotToken, hashForgotOtp } from './forgot-secrets.js';
export { createPasswordHasher, type HasherOptions, type PasswordHasher } from './hasher.js';
export { fetchKeys, type PendingKeyFetchToken, prepareKeyFetchToken } from './key-fetch.js';
export { PASSWORD_FORGOT_LIFETIME, PASSWORD_FORGOT_OTP_LIFETIME, pruneCredentials } from './prune.js';
export { requireCompleteVersion2 } from './require-complete-version2.js';
export {
  type AccountResetToken,
  countWrongForgotCode,
  countWrongForgotOtp,
  deletePasswordTokens,
  insertAccountResetToken,
  insertPasswordForgotToken,
  markPasswordForgotToken,
  type PasswordForgotToken,
  putPasswordForgotOtp,
  takeAccountResetToken,
  takePasswordForgotOtp,
  takePasswordForgotToken,
} from './reset-store.js';
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
  pretendToCheck,
  stretchVersion2,
} from './verifier.js';
