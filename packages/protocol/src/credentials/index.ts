/**
 * From a password to keys: stretching, the kA/kB wraps, what the server derives, and the recovery-key envelope.
 * The onepw protocol and its second version (auth API §1.1 to 1.4, 1.8).
 */

export { clientSaltPattern, createClientSalt } from './client-salt.js';
export type { CredentialSet } from './credential-set.js';
export { createCredentialSet } from './credential-set.js';
export { openRecoveryData, sealRecoveryData } from './recovery-data.js';
export {
  createRecoveryKey,
  formatRecoveryKey,
  parseRecoveryKey,
  recoveryEncryptKey,
  recoveryKeyId,
} from './recovery-key.js';
export type { StretchedPassword } from './stretch-password.js';
export { stretchPasswordV1, stretchPasswordV2 } from './stretch-password.js';
export { deriveVerifyHash, deriveWrapwrapKey, unwrapWrapKb, wrapWrapKb } from './verifier.js';
export { unwrapKb, wrapKb } from './wrap-kb.js';
