/** Sessions and the proofs that verify them: auth-api §6.7, §6.8. */
import { signInBody, signInErrors, signInQuery, verificationNeed, verificationStatus } from './account.js';
import { endpoint } from './endpoint.js';
import * as field from './fields.js';
import { mailErrors } from './mail-errors.js';
import { array, boolean, hex, nullable, object, oneOf, string } from './schema.js';

export const sessionStatus = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/session/status',
  family: 'auth',
  summary: 'Whether a session lives, and how well it is verified',
  authentication: ['sessionToken'],
  response: /* @__PURE__ */ object({
    state: /* @__PURE__ */ oneOf('verified', 'unverified'),
    uid: field.uid,
    details: /* @__PURE__ */ object({
      accountEmailVerified: /* @__PURE__ */ boolean(),
      sessionVerificationMethod: /* @__PURE__ */ nullable(/* @__PURE__ */ string()),
      sessionVerified: /* @__PURE__ */ boolean(),
      mustVerify: /* @__PURE__ */ boolean(),
      sessionVerificationMeetsMinimumAAL: /* @__PURE__ */ boolean(),
      verified: /* @__PURE__ */ boolean(),
    }),
  }),
  errors: [],
});

export const sessionDestroy = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/session/destroy',
  family: 'auth',
  summary: 'Sign this session, or another of the same account, out',
  authentication: ['sessionToken'],
  query: /* @__PURE__ */ object({}, { service: field.service }),
  body: /* @__PURE__ */ object({}, { customSessionToken: /* @__PURE__ */ hex(32) }),
  response: field.empty,
  errors: [],
});

export const sessionReauth = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/session/reauth',
  family: 'auth',
  summary: 'Prove the password again in an existing session',
  authentication: ['sessionToken'],
  query: signInQuery,
  body: signInBody,
  bodyRequired: true,
  response: /* @__PURE__ */ object(
    {
      uid: field.uid,
      authAt: field.seconds,
      metricsEnabled: /* @__PURE__ */ boolean(),
      ...verificationStatus,
    },
    { ...verificationNeed, keyFetchToken: field.token, keyFetchTokenVersion2: field.token },
  ),
  errors: signInErrors,
});

export const sessionDuplicate = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/session/duplicate',
  family: 'auth',
  summary: 'Create another session in the same state',
  authentication: ['sessionToken'],
  body: /* @__PURE__ */ object({}, { reason: field.reason }),
  bodyRequired: true,
  response: /* @__PURE__ */ object(
    { uid: field.uid, sessionToken: field.token, authAt: field.seconds, ...verificationStatus },
    verificationNeed,
  ),
  errors: [],
});

export const sessionVerifyCode = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/session/verify_code',
  family: 'auth',
  summary: 'Verify the session, and a new account, with an emailed code',
  authentication: ['sessionToken'],
  body: /* @__PURE__ */ object(
    { code: field.digits },
    {
      service: field.service,
      scopes: /* @__PURE__ */ array(/* @__PURE__ */ string({ pattern: '^[a-zA-Z0-9 _/.:%-]*$', maxLength: 256 }), {
        maxItems: 64,
      }),
      newsletters: /* @__PURE__ */ array(/* @__PURE__ */ string({ maxLength: 64 }), { maxItems: 64 }),
      marketingOptIn: /* @__PURE__ */ boolean(),
      metricsContext: field.metricsContext,
    },
  ),
  bodyRequired: true,
  response: field.empty,
  errors: ['INVALID_OTP_CODE', 'THROTTLED'],
});

export const sessionResendCode = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/session/resend_code',
  family: 'auth',
  summary: 'Send the code of a session again',
  authentication: ['sessionToken'],
  response: field.empty,
  errors: ['THROTTLED', ...mailErrors],
});

export const recoveryEmailStatus = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/recovery_email/status',
  family: 'auth',
  summary: 'Whether the address and the session are verified',
  authentication: ['sessionToken'],
  query: /* @__PURE__ */ object({}, { reason: field.reason }),
  response: /* @__PURE__ */ object({ email: field.email, ...verificationStatus }),
  errors: [],
});

export const recoveryEmailVerifyCode = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/recovery_email/verify_code',
  family: 'auth',
  summary: 'Verify an account or a session with the code of an emailed link',
  authentication: ['none'],
  body: /* @__PURE__ */ object(
    { uid: field.uid, code: field.linkCode },
    {
      service: field.service,
      reminder: /* @__PURE__ */ oneOf('first', 'second', 'final'),
      type: /* @__PURE__ */ string({ maxLength: 32 }),
      style: /* @__PURE__ */ string({ maxLength: 32 }),
      newsletters: /* @__PURE__ */ array(/* @__PURE__ */ string({ maxLength: 64 }), { maxItems: 64 }),
    },
  ),
  response: field.empty,
  errors: ['UNKNOWN_ACCOUNT', 'INVALID_VERIFICATION_CODE', 'EMAIL_EXISTS', 'TOO_MANY_SECONDARY_EMAILS', 'THROTTLED'],
});

export const recoveryEmailResendCode = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/recovery_email/resend_code',
  family: 'auth',
  summary: 'Send the verification link again',
  authentication: ['sessionToken'],
  query: /* @__PURE__ */ object({}, { service: field.service, type: /* @__PURE__ */ string({ maxLength: 32 }) }),
  body: /* @__PURE__ */ object(
    {},
    {
      email: field.email,
      service: field.service,
      redirectTo: field.redirectTo,
      resume: field.resume,
      type: /* @__PURE__ */ oneOf('upgradeSession'),
    },
  ),
  response: field.empty,
  errors: [
    'THROTTLED',
    'UNVERIFIED_ACCOUNT',
    'UNVERIFIED_SESSION',
    'INSUFFICIENT_AAL',
    'RESEND_EMAIL_CODE_TO_UNOWNED',
    'EMAIL_EXISTS',
    'EMAIL_ALREADY_ON_ACCOUNT',
    ...mailErrors,
  ],
});
