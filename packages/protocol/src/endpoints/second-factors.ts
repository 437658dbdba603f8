/** Second factors and the second proof that settings ask for: auth-api §6.6, §6.7, §6.10, §6.11, §6.14. */
import { type Authentication, endpoint, MFA_ACTIONS } from './endpoint.js';
import * as field from './fields.js';
import { mailErrors } from './mail-errors.js';
import { array, boolean, integer, object, oneOf, string } from './schema.js';
import { sessionErrors } from './session-errors.js';

const codeBody = /* @__PURE__ */ object({ code: field.digits }, { metricsContext: field.metricsContext });
const backupCodeBody = /* @__PURE__ */ object({ code: field.backupCode }, { metricsContext: field.metricsContext });
const signInCodeBody = /* @__PURE__ */ object(
  { code: field.digits },
  { service: field.service, metricsContext: field.metricsContext },
);
const completeBody = /* @__PURE__ */ object({}, { service: field.service, metricsContext: field.metricsContext });
const backupCodesBody = /* @__PURE__ */ object(
  { recoveryCodes: /* @__PURE__ */ array(field.backupCode, { minItems: 1, maxItems: 8, uniqueItems: true }) },
  { metricsContext: field.metricsContext },
);

const success = /* @__PURE__ */ object({ success: /* @__PURE__ */ boolean() });
const remaining = /* @__PURE__ */ object({ remaining: /* @__PURE__ */ integer({ minimum: 0 }) });
const newSecret = /* @__PURE__ */ object({
  qrCodeUrl: /* @__PURE__ */ string({ description: 'data URL of a PNG' }),
  secret: /* @__PURE__ */ string({ pattern: '^[A-Z2-7]+$', description: 'base32' }),
});

/* @__NO_SIDE_EFFECTS__ */
function create<const A extends readonly Authentication[]>(path: string, authentication: A) {
  return endpoint({
    method: 'POST',
    path,
    family: 'auth',
    summary: 'Begin to set an authenticator up',
    authentication,
    body: field.empty,
    bodyRequired: true,
    response: newSecret,
    errors: ['TOTP_EXISTS', 'THROTTLED', ...sessionErrors],
  });
}

export const totpCreate = /* @__PURE__ */ create('/totp/create', ['sessionToken']);
export const mfaTotpCreate = /* @__PURE__ */ create('/mfa/totp/create', ['mfa:2fa']);

/* @__NO_SIDE_EFFECTS__ */
function setupVerify<const A extends readonly Authentication[]>(path: string, authentication: A) {
  return endpoint({
    method: 'POST',
    path,
    family: 'auth',
    summary: 'Prove that a new authenticator makes the right codes',
    authentication,
    body: codeBody,
    response: success,
    errors: ['TOTP_EXISTS', 'TOTP_NOT_FOUND', 'INVALID_TOTP_CODE', 'THROTTLED', ...sessionErrors],
  });
}

export const totpSetupVerify = /* @__PURE__ */ setupVerify('/totp/setup/verify', ['sessionToken']);
export const mfaTotpSetupVerify = /* @__PURE__ */ setupVerify('/mfa/totp/setup/verify', ['mfa:2fa']);

/* @__NO_SIDE_EFFECTS__ */
function setupComplete<const A extends readonly Authentication[]>(path: string, authentication: A) {
  return endpoint({
    method: 'POST',
    path,
    family: 'auth',
    summary: 'Turn two-step authentication on',
    authentication,
    body: completeBody,
    response: success,
    errors: ['TOTP_EXISTS', 'TOTP_NOT_FOUND', 'INVALID_TOTP_CODE', ...sessionErrors],
  });
}

export const totpSetupComplete = /* @__PURE__ */ setupComplete('/totp/setup/complete', ['sessionToken']);
export const mfaTotpSetupComplete = /* @__PURE__ */ setupComplete('/mfa/totp/setup/complete', ['mfa:2fa']);

export const totpExists = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/totp/exists',
  family: 'auth',
  summary: 'Whether the account has an authenticator, or is setting one up',
  authentication: ['sessionToken', 'passwordForgotToken'],
  response: /* @__PURE__ */ object({ exists: /* @__PURE__ */ boolean(), verified: /* @__PURE__ */ boolean() }),
  errors: [],
});

/* @__NO_SIDE_EFFECTS__ */
function destroy<const A extends readonly Authentication[]>(path: string, authentication: A) {
  return endpoint({
    method: 'POST',
    path,
    family: 'auth',
    summary: 'Turn two-step authentication off',
    authentication,
    response: field.empty,
    errors: ['THROTTLED', ...sessionErrors],
  });
}

export const totpDestroy = /* @__PURE__ */ destroy('/totp/destroy', ['sessionToken']);
export const mfaTotpDestroy = /* @__PURE__ */ destroy('/mfa/totp/destroy', ['mfa:2fa']);

/* @__NO_SIDE_EFFECTS__ */
function replaceStart<const A extends readonly Authentication[]>(path: string, authentication: A) {
  return endpoint({
    method: 'POST',
    path,
    family: 'auth',
    summary: 'Begin to replace the authenticator',
    authentication,
    response: newSecret,
    errors: ['TOTP_SECRET_NOT_FOUND', 'THROTTLED', ...sessionErrors],
  });
}

export const totpReplaceStart = /* @__PURE__ */ replaceStart('/totp/replace/start', ['sessionToken']);
export const mfaTotpReplaceStart = /* @__PURE__ */ replaceStart('/mfa/totp/replace/start', ['mfa:2fa']);

/* @__NO_SIDE_EFFECTS__ */
function replaceConfirm<const A extends readonly Authentication[]>(path: string, authentication: A) {
  return endpoint({
    method: 'POST',
    path,
    family: 'auth',
    summary: 'Replace the authenticator by one that makes the right codes',
    authentication,
    body: codeBody,
    response: success,
    errors: ['TOTP_NOT_FOUND', 'INVALID_TOTP_CODE', 'THROTTLED', ...sessionErrors],
  });
}

export const totpReplaceConfirm = /* @__PURE__ */ replaceConfirm('/totp/replace/confirm', ['sessionToken']);
export const mfaTotpReplaceConfirm = /* @__PURE__ */ replaceConfirm('/mfa/totp/replace/confirm', ['mfa:2fa']);

export const sessionVerifyTotp = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/session/verify/totp',
  family: 'auth',
  summary: 'Verify the session with a code of the authenticator',
  authentication: ['sessionToken'],
  body: signInCodeBody,
  bodyRequired: true,
  response: success,
  errors: ['TOTP_NOT_FOUND', 'THROTTLED'],
});

export const sessionVerifyRecoveryCode = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/session/verify/recoveryCode',
  family: 'auth',
  summary: 'Verify the session with a backup authentication code',
  authentication: ['sessionToken'],
  body: backupCodeBody,
  bodyRequired: true,
  response: remaining,
  errors: ['BACKUP_CODE_NOT_FOUND', 'THROTTLED'],
});

export const totpVerify = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/totp/verify',
  family: 'auth',
  summary: 'Prove the authenticator while resetting a password',
  authentication: ['passwordForgotToken'],
  body: codeBody,
  response: success,
  errors: ['TOTP_NOT_FOUND', 'THROTTLED'],
});

export const totpVerifyRecoveryCode = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/totp/verify/recoveryCode',
  family: 'auth',
  summary: 'Use a backup authentication code while resetting a password',
  authentication: ['passwordForgotToken'],
  body: backupCodeBody,
  response: remaining,
  errors: ['BACKUP_CODE_NOT_FOUND', 'THROTTLED'],
});

export const recoveryCodesReplace = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/recoveryCodes',
  family: 'auth',
  summary: 'Replace the backup authentication codes by new ones',
  authentication: ['sessionToken'],
  response: /* @__PURE__ */ object({ recoveryCodes: /* @__PURE__ */ array(field.backupCode) }),
  errors: sessionErrors,
});

/* @__NO_SIDE_EFFECTS__ */
function backupCodesCreate<const A extends readonly Authentication[]>(path: string, authentication: A) {
  return endpoint({
    method: 'POST',
    path,
    family: 'auth',
    summary: 'Set backup authentication codes while an authenticator is set up',
    authentication,
    body: backupCodesBody,
    response: success,
    errors: ['TOTP_EXISTS', ...sessionErrors],
  });
}

export const recoveryCodesCreate = /* @__PURE__ */ backupCodesCreate('/recoveryCodes', ['sessionToken']);
export const mfaRecoveryCodesCreate = /* @__PURE__ */ backupCodesCreate('/mfa/recoveryCodes', ['mfa:2fa']);

/* @__NO_SIDE_EFFECTS__ */
function backupCodesUpdate<const A extends readonly Authentication[]>(path: string, authentication: A) {
  return endpoint({
    method: 'PUT',
    path,
    family: 'auth',
    summary: 'Replace the backup authentication codes by codes of the client',
    authentication,
    body: backupCodesBody,
    response: success,
    errors: sessionErrors,
  });
}

export const recoveryCodesUpdate = /* @__PURE__ */ backupCodesUpdate('/recoveryCodes', ['sessionToken']);
export const mfaRecoveryCodesUpdate = /* @__PURE__ */ backupCodesUpdate('/mfa/recoveryCodes', ['mfa:2fa']);

export const recoveryCodesExists = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/recoveryCodes/exists',
  family: 'auth',
  summary: 'How many backup authentication codes are left',
  authentication: ['sessionToken', 'passwordForgotToken'],
  response: /* @__PURE__ */ object({
    hasBackupCodes: /* @__PURE__ */ boolean(),
    count: /* @__PURE__ */ integer({ minimum: 0 }),
  }),
  errors: [],
});

const mfaAction = /* @__PURE__ */ oneOf(...MFA_ACTIONS);

export const mfaOtpRequest = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/mfa/otp/request',
  family: 'auth',
  summary: 'Have digits mailed that allow a change of the account',
  authentication: ['sessionToken'],
  body: /* @__PURE__ */ object({ action: mfaAction }),
  response: /* @__PURE__ */ object({ status: /* @__PURE__ */ oneOf('success') }),
  errors: ['THROTTLED', ...sessionErrors, ...mailErrors],
});

export const mfaOtpVerify = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/mfa/otp/verify',
  family: 'auth',
  summary: 'Exchange mailed digits for a token that allows a change of the account',
  authentication: ['sessionToken'],
  body: /* @__PURE__ */ object({ action: mfaAction, code: field.digits }),
  response: /* @__PURE__ */ object({ accessToken: /* @__PURE__ */ string({ maxLength: 1024 }) }),
  errors: ['INVALID_OTP_CODE', 'THROTTLED', ...sessionErrors],
});
