/** The addresses of an account: auth-api §6.9. Each change has two routes, one for each way to prove the right to it. */
import { type Authentication, endpoint } from './endpoint.js';
import * as field from './fields.js';
import { mailErrors } from './mail-errors.js';
import { array, boolean, object } from './schema.js';
import { sessionErrors } from './session-errors.js';

const emailBody = /* @__PURE__ */ object({ email: field.email }, { metricsContext: field.metricsContext });

export const recoveryEmails = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/recovery_emails',
  family: 'auth',
  summary: 'The addresses of the account, with those that wait for their proof',
  authentication: ['sessionToken'],
  response: /* @__PURE__ */ array(
    /* @__PURE__ */ object({
      email: field.email,
      isPrimary: /* @__PURE__ */ boolean(),
      verified: /* @__PURE__ */ boolean(),
    }),
  ),
  errors: [],
});

/* @__NO_SIDE_EFFECTS__ */
function create<const A extends readonly Authentication[]>(path: string, authentication: A) {
  return endpoint({
    method: 'POST',
    path,
    family: 'auth',
    summary: 'Ask to have another address too: a code is sent to it',
    authentication,
    body: emailBody,
    response: field.empty,
    errors: [
      ...sessionErrors,
      'EMAIL_EXISTS',
      'SECONDARY_EMAIL_IS_PRIMARY',
      'VERIFIED_PRIMARY_EMAIL_EXISTS',
      'UNVERIFIED_PRIMARY_EMAIL_NEWLY_CREATED',
      'TOO_MANY_SECONDARY_EMAILS',
      'EMAIL_ALREADY_ON_ACCOUNT',
      'THROTTLED',
      ...mailErrors,
    ],
  });
}

export const recoveryEmailCreate = /* @__PURE__ */ create('/recovery_email', ['sessionToken']);
export const mfaRecoveryEmailCreate = /* @__PURE__ */ create('/mfa/recovery_email', ['mfa:email']);

/* @__NO_SIDE_EFFECTS__ */
function verifyCode<const A extends readonly Authentication[]>(path: string, authentication: A) {
  return endpoint({
    method: 'POST',
    path,
    family: 'auth',
    summary: 'Prove an address with the code that was sent to it',
    authentication,
    body: /* @__PURE__ */ object({ email: field.email, code: field.digits }),
    response: field.empty,
    errors: [...sessionErrors, 'INVALID_VERIFICATION_CODE', 'EMAIL_EXISTS', 'TOO_MANY_SECONDARY_EMAILS', 'THROTTLED'],
  });
}

export const recoveryEmailSecondaryVerifyCode = /* @__PURE__ */ verifyCode('/recovery_email/secondary/verify_code', [
  'sessionToken',
]);
export const mfaRecoveryEmailSecondaryVerifyCode = /* @__PURE__ */ verifyCode(
  '/mfa/recovery_email/secondary/verify_code',
  ['mfa:email'],
);

/* @__NO_SIDE_EFFECTS__ */
function resendCode<const A extends readonly Authentication[]>(path: string, authentication: A) {
  return endpoint({
    method: 'POST',
    path,
    family: 'auth',
    summary: 'Send the code of an address again',
    authentication,
    body: emailBody,
    response: field.empty,
    errors: [
      ...sessionErrors,
      'RESEND_EMAIL_CODE_TO_UNOWNED',
      'EMAIL_EXISTS',
      'EMAIL_ALREADY_ON_ACCOUNT',
      'SECONDARY_EMAIL_IS_PRIMARY',
      'THROTTLED',
      ...mailErrors,
    ],
  });
}

export const recoveryEmailSecondaryResendCode = /* @__PURE__ */ resendCode('/recovery_email/secondary/resend_code', [
  'sessionToken',
]);
export const mfaRecoveryEmailSecondaryResendCode = /* @__PURE__ */ resendCode(
  '/mfa/recovery_email/secondary/resend_code',
  ['mfa:email'],
);

/* @__NO_SIDE_EFFECTS__ */
function destroy<const A extends readonly Authentication[]>(path: string, authentication: A) {
  return endpoint({
    method: 'POST',
    path,
    family: 'auth',
    summary: 'Take an address off the account',
    authentication,
    body: emailBody,
    response: field.empty,
    errors: [...sessionErrors, 'CANNOT_DELETE_PRIMARY_EMAIL', 'THROTTLED'],
  });
}

export const recoveryEmailDestroy = /* @__PURE__ */ destroy('/recovery_email/destroy', ['sessionToken']);
export const mfaRecoveryEmailDestroy = /* @__PURE__ */ destroy('/mfa/recovery_email/destroy', ['mfa:email']);

/* @__NO_SIDE_EFFECTS__ */
function setPrimary<const A extends readonly Authentication[]>(path: string, authentication: A) {
  return endpoint({
    method: 'POST',
    path,
    family: 'auth',
    summary: 'Make an address the one to sign in with',
    authentication,
    body: emailBody,
    response: field.empty,
    errors: [
      ...sessionErrors,
      'UNKNOWN_SECONDARY_EMAIL',
      'CHANGE_EMAIL_TO_UNVERIFIED',
      'CHANGE_EMAIL_TO_UNOWNED',
      'THROTTLED',
    ],
  });
}

export const recoveryEmailSetPrimary = /* @__PURE__ */ setPrimary('/recovery_email/set_primary', ['sessionToken']);
export const mfaRecoveryEmailSetPrimary = /* @__PURE__ */ setPrimary('/mfa/recovery_email/set_primary', ['mfa:email']);
