/** The account recovery key: kB once more, under a key that only its owner holds. auth-api §6.12, §1.8. */
import { endpoint } from './endpoint.js';
import * as field from './fields.js';
import { boolean, integer, nullable, object, string } from './schema.js';
import { sessionErrors } from './session-errors.js';

const createBody = /* @__PURE__ */ object(
  {
    recoveryKeyId: field.recoveryKeyId,
    // A compact JWE; what it holds is the owner's business.
    recoveryData: /* @__PURE__ */ string({ pattern: '^[a-zA-Z0-9._-]+$', maxLength: 1024 }),
  },
  { enabled: /* @__PURE__ */ boolean(), replaceKey: /* @__PURE__ */ boolean() },
);

export const recoveryKeyCreate = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/recoveryKey',
  family: 'auth',
  summary: 'Store a recovery key, or another one in its place',
  authentication: ['sessionToken'],
  body: createBody,
  bodyRequired: true,
  response: field.empty,
  errors: [...sessionErrors, 'RECOVERY_KEY_EXISTS'],
});

export const mfaRecoveryKeyCreate = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/mfa/recoveryKey',
  family: 'auth',
  summary: 'The same after a step-up',
  authentication: ['mfa:recovery_key'],
  body: createBody,
  bodyRequired: true,
  response: field.empty,
  errors: [...sessionErrors, 'RECOVERY_KEY_EXISTS'],
});

export const recoveryKeyVerify = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/recoveryKey/verify',
  family: 'auth',
  summary: 'Enable a recovery key that was stored without being enabled',
  authentication: ['sessionToken'],
  body: /* @__PURE__ */ object({ recoveryKeyId: field.recoveryKeyId }),
  bodyRequired: true,
  response: field.empty,
  errors: [...sessionErrors, 'RECOVERY_KEY_NOT_FOUND', 'RECOVERY_KEY_INVALID'],
});

export const recoveryKeyGet = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/recoveryKey/{recoveryKeyId}',
  family: 'auth',
  summary: 'The sealed kB, for whoever resets the account and holds the recovery key',
  authentication: ['accountResetToken'],
  params: /* @__PURE__ */ object({ recoveryKeyId: field.recoveryKeyId }),
  response: /* @__PURE__ */ object({ recoveryData: /* @__PURE__ */ string() }),
  errors: ['RECOVERY_KEY_NOT_FOUND', 'RECOVERY_KEY_INVALID', 'THROTTLED'],
});

export const recoveryKeyExists = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/recoveryKey/exists',
  family: 'auth',
  summary: 'Whether an account has an enabled recovery key',
  authentication: ['sessionToken', 'passwordForgotToken', 'none'],
  body: /* @__PURE__ */ object({}, { email: field.email }),
  response: /* @__PURE__ */ object(
    { exists: /* @__PURE__ */ boolean() },
    { estimatedSyncDeviceCount: /* @__PURE__ */ integer({ minimum: 0 }) },
  ),
  errors: ['UNKNOWN_ACCOUNT', 'THROTTLED'],
});

export const recoveryKeyHint = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/recoveryKey/hint',
  family: 'auth',
  summary: 'Where the owner said the recovery key is kept',
  authentication: ['sessionToken', 'none'],
  query: /* @__PURE__ */ object({}, { email: field.email }),
  response: /* @__PURE__ */ object({ hint: /* @__PURE__ */ nullable(/* @__PURE__ */ string()) }),
  errors: ['UNKNOWN_ACCOUNT', 'RECOVERY_KEY_NOT_FOUND', 'THROTTLED'],
});

export const recoveryKeyHintSet = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/recoveryKey/hint',
  family: 'auth',
  summary: 'Say where the recovery key is kept',
  authentication: ['sessionToken'],
  body: /* @__PURE__ */ object({ hint: /* @__PURE__ */ string({ format: 'display-safe', maxLength: 255 }) }),
  bodyRequired: true,
  response: field.empty,
  errors: [...sessionErrors, 'RECOVERY_KEY_NOT_FOUND'],
});

export const recoveryKeyDelete = /* @__PURE__ */ endpoint({
  method: 'DELETE',
  path: '/recoveryKey',
  family: 'auth',
  summary: 'Remove the recovery key',
  authentication: ['sessionToken'],
  response: field.empty,
  errors: sessionErrors,
});

export const mfaRecoveryKeyDelete = /* @__PURE__ */ endpoint({
  method: 'DELETE',
  path: '/mfa/recoveryKey',
  family: 'auth',
  summary: 'The same after a step-up',
  authentication: ['mfa:recovery_key'],
  response: field.empty,
  errors: sessionErrors,
});
