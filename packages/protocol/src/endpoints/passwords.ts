/** Passwords: changing, creating, and coming back from a forgotten one. auth-api §6.3 to §6.6. */
import { credentialsVersion2, keysQuery, onlyVersion2, verificationStatus } from './account.js';
import { endpoint } from './endpoint.js';
import * as field from './fields.js';
import { mailErrors } from './mail-errors.js';
import { boolean, hex, integer, object, string } from './schema.js';

const changeErrors = [
  'UNKNOWN_ACCOUNT',
  'INCORRECT_PASSWORD',
  'INCORRECT_EMAIL_CASE',
  'ACCOUNT_MUST_BE_RESET',
  'ACCOUNT_WITHOUT_PASSWORD',
  'UNVERIFIED_ACCOUNT',
  'UNVERIFIED_SESSION',
  'INSUFFICIENT_AAL',
  'THROTTLED',
  'SERVICE_UNAVAILABLE',
] as const;

export const passwordChangeStart = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/password/change/start',
  family: 'auth',
  summary: 'Begin a password change: proves the old password',
  authentication: ['sessionToken', 'none'],
  body: /* @__PURE__ */ object({ email: field.email, oldAuthPW: field.authPW }),
  bodyRequired: true,
  response: /* @__PURE__ */ object(
    { passwordChangeToken: field.token, verified: /* @__PURE__ */ boolean() },
    { keyFetchToken: field.token, keyFetchToken2: field.token },
  ),
  errors: [...changeErrors, 'LOGIN_WITH_SECONDARY_EMAIL', 'INVALID_TOKEN'],
});

const changeAnswer = /* @__PURE__ */ object(
  {},
  {
    uid: field.uid,
    sessionToken: field.token,
    authAt: field.seconds,
    verified: /* @__PURE__ */ boolean(),
    keyFetchToken: field.token,
    keyFetchToken2: field.token,
  },
);

export const passwordChangeFinish = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/password/change/finish',
  family: 'auth',
  summary: 'Set the new credentials, or upgrade them to version 2',
  authentication: ['passwordChangeToken'],
  query: keysQuery,
  body: /* @__PURE__ */ object(
    { authPW: field.authPW, wrapKb: field.wrappedKey },
    {
      ...onlyVersion2,
      sessionToken: /* @__PURE__ */ string({
        pattern: '^[a-fA-F0-9]{64}$',
        description: 'tokenId of the current session, which the new one replaces',
      }),
    },
  ),
  bodyRequired: true,
  response: changeAnswer,
  errors: ['UNVERIFIED_SESSION', 'SERVICE_UNAVAILABLE'],
});

/**
 * The wrapped key is required here, which FxA leaves open: without it the server would have to draw a new one, and kB
 * would be lost in a change that is meant to keep it.
 */
export const mfaPasswordChange = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/mfa/password/change',
  family: 'auth',
  summary: 'Change the password in one step, after a step-up',
  authentication: ['mfa:password'],
  query: keysQuery,
  body: /* @__PURE__ */ object(
    { email: field.email, oldAuthPW: field.authPW, authPW: field.authPW, wrapKb: field.wrappedKey },
    onlyVersion2,
  ),
  bodyRequired: true,
  response: changeAnswer,
  errors: changeErrors,
});

const passwordCreateBody = /* @__PURE__ */ object({ authPW: field.authPW }, credentialsVersion2);
const passwordCreateErrors = [
  'PASSWORD_ALREADY_SET',
  'UNVERIFIED_ACCOUNT',
  'UNVERIFIED_SESSION',
  'INSUFFICIENT_AAL',
  'SERVICE_UNAVAILABLE',
] as const;

export const passwordCreate = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/password/create',
  family: 'auth',
  summary: 'Give an account without a password its first one; answers the time in milliseconds',
  authentication: ['sessionToken'],
  body: passwordCreateBody,
  bodyRequired: true,
  response: field.milliseconds,
  errors: passwordCreateErrors,
});

export const mfaPasswordCreate = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/mfa/password/create',
  family: 'auth',
  summary: 'The same after a step-up',
  authentication: ['mfa:password'],
  body: passwordCreateBody,
  bodyRequired: true,
  response: field.milliseconds,
  errors: passwordCreateErrors,
});

const ttl = /* @__PURE__ */ integer({ minimum: 0, description: 'seconds left' });
const tries = /* @__PURE__ */ integer({ minimum: 0, description: 'wrong codes that are left' });
const linkBody = { service: field.service, redirectTo: field.redirectTo, resume: field.resume };
const forgotAnswer = /* @__PURE__ */ object({
  passwordForgotToken: field.token,
  ttl,
  codeLength: /* @__PURE__ */ integer({ description: 'bytes' }),
  tries,
});

export const passwordForgotSendCode = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/password/forgot/send_code',
  family: 'auth',
  summary: 'Mail a link that resets the password (older clients)',
  authentication: ['none'],
  query: keysQuery,
  body: /* @__PURE__ */ object({ email: field.email }, { ...linkBody, metricsContext: field.metricsContext }),
  response: forgotAnswer,
  errors: ['UNKNOWN_ACCOUNT', 'RESET_WITH_SECONDARY_EMAIL', 'ENDPOINT_GONE', 'THROTTLED', ...mailErrors],
});

export const passwordForgotResendCode = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/password/forgot/resend_code',
  family: 'auth',
  summary: 'Mail the same link again (older clients)',
  authentication: ['passwordForgotToken'],
  query: keysQuery,
  body: /* @__PURE__ */ object({ email: field.email }, linkBody),
  bodyRequired: true,
  response: forgotAnswer,
  errors: ['UNKNOWN_ACCOUNT', 'ENDPOINT_GONE', 'THROTTLED', ...mailErrors],
});

export const passwordForgotStatus = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/password/forgot/status',
  family: 'auth',
  summary: 'How long, and for how many wrong codes, a reset may go on (older clients)',
  authentication: ['passwordForgotToken'],
  response: /* @__PURE__ */ object({ tries, ttl }),
  errors: ['ENDPOINT_GONE'],
});

export const passwordForgotVerifyCode = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/password/forgot/verify_code',
  family: 'auth',
  summary: 'Trade the code for a token that resets the account',
  authentication: ['passwordForgotToken'],
  body: /* @__PURE__ */ object(
    { code: field.linkCode },
    {
      accountResetWithRecoveryKey: /* @__PURE__ */ boolean(),
      includeRecoveryKeyPrompt: /* @__PURE__ */ boolean(),
    },
  ),
  bodyRequired: true,
  response: /* @__PURE__ */ object({ accountResetToken: field.token }),
  errors: ['INVALID_VERIFICATION_CODE', 'THROTTLED'],
});

export const passwordForgotSendOtp = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/password/forgot/send_otp',
  family: 'auth',
  summary: 'Mail digits that let the owner reset the password',
  authentication: ['none'],
  body: /* @__PURE__ */ object(
    { email: field.email },
    { service: field.service, metricsContext: field.metricsContext },
  ),
  response: field.empty,
  errors: ['UNKNOWN_ACCOUNT', 'THROTTLED', ...mailErrors],
});

export const passwordForgotVerifyOtp = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/password/forgot/verify_otp',
  family: 'auth',
  summary: 'Trade the mailed digits for a passwordForgotToken and its code',
  authentication: ['none'],
  body: /* @__PURE__ */ object(
    { email: field.email, code: /* @__PURE__ */ string({ pattern: '^[0-9]{8}$' }) },
    { metricsContext: field.metricsContext },
  ),
  response: /* @__PURE__ */ object({
    code: /* @__PURE__ */ hex(16),
    emailToHashWith: field.email,
    token: field.token,
    uid: field.uid,
    hasPasskey: /* @__PURE__ */ boolean(),
    hasPasskeyWraps: /* @__PURE__ */ boolean(),
  }),
  errors: ['UNKNOWN_ACCOUNT', 'INVALID_VERIFICATION_CODE', 'THROTTLED'],
});

export const accountReset = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/reset',
  family: 'auth',
  summary: 'Set new credentials after a forgotten password, with or without the recovery key',
  authentication: ['accountResetToken'],
  query: keysQuery,
  body: /* @__PURE__ */ object(
    { authPW: field.authPW },
    {
      ...credentialsVersion2,
      recoveryKeyId: field.recoveryKeyId,
      sessionToken: /* @__PURE__ */ boolean(),
      isFirefoxMobileClient: /* @__PURE__ */ boolean(),
    },
  ),
  bodyRequired: true,
  response: /* @__PURE__ */ object(
    {},
    {
      uid: field.uid,
      sessionToken: field.token,
      authAt: field.seconds,
      ...verificationStatus,
      keyFetchToken: field.token,
      keyFetchTokenVersion2: field.token,
    },
  ),
  errors: ['UNVERIFIED_SESSION', 'RECOVERY_KEY_NOT_FOUND', 'RECOVERY_KEY_INVALID', 'SERVICE_UNAVAILABLE'],
});
