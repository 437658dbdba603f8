/**
 * Typed calls to an accounts server, and the flows that take more than one: auth-api §1, §6, oauth-devices §1, §2.
 * Only `fetch`, WebCrypto and `URL`: Node, browsers, Deno and Bun.
 */
export { accountExists, destroyAccount, getAccountStatus } from './accounts.js';
export {
  addEmail,
  getEmails,
  removeEmail,
  resendAddedEmailCode,
  setPrimaryEmail,
  verifyAddedEmail,
} from './addresses.js';
export { disconnectClient, getAttachedClients, getAuthorizations, revokeAuthorization } from './attached.js';
export {
  beginTotpReplacement,
  completeTotpSetup,
  confirmTotpReplacement,
  createTotp,
  destroyTotp,
  replaceBackupCodes,
  setFirstBackupCodes,
  verifyTotpSetup,
} from './authenticators.js';
export { type AuthClient, type AuthClientOptions, type Clock, createAuthClient, createBareClient } from './client.js';
export { type AccountKeys, accountKeys, type KeyAccess } from './credentials/account-keys.js';
export { changePassword, type PasswordChanged } from './credentials/change-password.js';
export { createRecoveryKey } from './credentials/create-recovery-key.js';
export { openRecoveryKey, type RecoveredKey } from './credentials/open-recovery-key.js';
export type { AddressAndPassword } from './credentials/prove-password.js';
export { type PasswordReset, resetPassword } from './credentials/reset-password.js';
export {
  type ProvenAccount,
  type Reauthenticated,
  reauthenticate,
  type SignedIn,
  type SignInRequest,
  signIn,
} from './credentials/sign-in.js';
export { type SignedUp, type SignUpRequest, signUp } from './credentials/sign-up.js';
export { upgradeCredentials } from './credentials/upgrade-credentials.js';
export { getEmailStatus, resendEmailCode, verifyEmailCode } from './emails.js';
export type { Answer } from './http/answer.js';
export { AuthClientError, type ErrorName, type FailureKind, isAuthError } from './http/error.js';
export type { RequestArguments, RequestOf, Token } from './http/request.js';
export {
  createAuthorizationCode,
  describeLogout,
  destroyToken,
  getClient,
  getProfile,
  getScopedKeyData,
  requestTokens,
  verifyIdToken,
} from './oauth.js';
export { sendForgotOtp, verifyForgotCode, verifyForgotOtp } from './passwords.js';
export { deleteAvatar, getAvatar, setDisplayName, uploadAvatar } from './profile.js';
export { deleteRecoveryKey, getRecoveryKeyHint, getRecoveryKeyStatus, setRecoveryKeyHint } from './recovery-key.js';
export { sealScopedKeys } from './scoped-keys.js';
export {
  getTotpStatus,
  verifyResetBackupCode,
  verifyResetTotp,
  verifySessionBackupCode,
  verifySessionTotp,
} from './second-factors.js';
export {
  destroySession,
  duplicateSession,
  getSessionStatus,
  resendSessionCode,
  verifySessionCode,
} from './sessions.js';
export { chooseMetrics, getAccount, getAccountEmails, getSecurityEvents, setLocale } from './settings.js';
export { requestStepUpCode, verifyStepUpCode } from './step-up.js';
export { rejectUnblockCode, sendUnblockCode } from './unblock.js';
