/** What an account tells about itself, and lifting a block: auth-api §6.1, §6.2, §6.13, §6.18. */
import { endpoint } from './endpoint.js';
import * as field from './fields.js';
import { mailErrors } from './mail-errors.js';
import { anything, array, boolean, integer, nullable, object, oneOf, string } from './schema.js';
import { sessionErrors } from './session-errors.js';

const text = /* @__PURE__ */ string();
const maybeText = /* @__PURE__ */ nullable(text);
const maybeTime = /* @__PURE__ */ nullable(field.milliseconds);
const yesOrNo = /* @__PURE__ */ boolean();
const count = /* @__PURE__ */ integer({ minimum: 0 });
const nothing = /* @__PURE__ */ array(/* @__PURE__ */ anything(), { maxItems: 0 });

const securityEvent = /* @__PURE__ */ object({ name: text, createdAt: field.milliseconds, verified: yesOrNo });

export const accountGet = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/account',
  family: 'auth',
  summary: 'What the settings show of an account, in one answer',
  authentication: ['sessionToken'],
  response: /* @__PURE__ */ object({
    createdAt: field.milliseconds,
    passwordCreatedAt: field.milliseconds,
    metricsOptOutAt: maybeTime,
    hasPassword: yesOrNo,
    emails: /* @__PURE__ */ array(
      /* @__PURE__ */ object({ email: field.email, isPrimary: yesOrNo, verified: yesOrNo }),
    ),
    linkedAccounts: nothing,
    totp: /* @__PURE__ */ object({ exists: yesOrNo, verified: yesOrNo }),
    backupCodes: /* @__PURE__ */ object({ hasBackupCodes: yesOrNo, count }),
    recoveryKey: /* @__PURE__ */ object({ exists: yesOrNo }, { estimatedSyncDeviceCount: count }),
    recoveryPhone: /* @__PURE__ */ object({ exists: yesOrNo, phoneNumber: maybeText, available: yesOrNo }),
    securityEvents: /* @__PURE__ */ array(securityEvent),
    passkeys: nothing,
    subscriptions: nothing,
  }),
  errors: [],
});

export const accountProfile = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/account/profile',
  family: 'auth',
  summary: 'What other services may know of an account, as far as the scope reaches',
  authentication: ['sessionToken', 'accessToken'],
  response: /* @__PURE__ */ object(
    {},
    {
      email: field.email,
      additionalEmails: /* @__PURE__ */ array(field.email),
      locale: maybeText,
      authenticationMethods: /* @__PURE__ */ array(text),
      authenticatorAssuranceLevel: /* @__PURE__ */ integer({ minimum: 1, maximum: 2 }),
      accountDisabledAt: maybeTime,
      accountLockedAt: maybeTime,
      keysChangedAt: field.milliseconds,
      profileChangedAt: field.milliseconds,
      metricsEnabled: yesOrNo,
    },
  ),
  errors: [],
});

export const accountEmails = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/account/emails',
  family: 'auth',
  summary: 'The address of sign-up, which salts version 1 credentials, and the primary one',
  authentication: ['sessionToken'],
  response: /* @__PURE__ */ object({ originalEmail: field.email, primaryEmail: field.email }),
  errors: [],
});

export const accountMetricsOpt = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/metrics_opt',
  family: 'auth',
  summary: 'Allow or refuse the collection of usage data',
  authentication: ['sessionToken'],
  body: /* @__PURE__ */ object({ state: /* @__PURE__ */ oneOf('in', 'out') }),
  response: field.empty,
  errors: ['THROTTLED'],
});

/** Ours: FxA knows a locale, but no way to change it. */
export const accountLocale = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/locale',
  family: 'auth',
  summary: 'Choose the language of mails to an account',
  authentication: ['sessionToken'],
  body: /* @__PURE__ */ object({
    locale: /* @__PURE__ */ string({
      pattern: '^[a-zA-Z0-9*,;=. -]+$',
      maxLength: 255,
      description: 'languages as in Accept-Language, the best first',
    }),
  }),
  response: field.empty,
  errors: ['THROTTLED', ...sessionErrors],
});

export const accountEmailBounceStatus = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/email_bounce_status',
  family: 'auth',
  summary: 'Whether mail to an address was refused for good',
  authentication: ['none'],
  body: /* @__PURE__ */ object({ email: field.email }),
  response: /* @__PURE__ */ object({ hasHardBounce: yesOrNo }),
  errors: ['THROTTLED'],
});

export const securityEvents = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/securityEvents',
  family: 'auth',
  summary: 'What happened to the account lately, newest first',
  authentication: ['sessionToken'],
  response: /* @__PURE__ */ array(securityEvent),
  errors: [],
});

export const sendUnblockCode = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/login/send_unblock_code',
  family: 'auth',
  summary: 'Send a code that lets a blocked sign-in pass once',
  authentication: ['none'],
  body: /* @__PURE__ */ object({ email: field.email }, { metricsContext: field.metricsContext }),
  response: field.empty,
  errors: ['UNKNOWN_ACCOUNT', 'THROTTLED', ...mailErrors],
});

export const rejectUnblockCode = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/login/reject_unblock_code',
  family: 'auth',
  summary: 'Make an unblock code useless: its receiver did not ask for it',
  authentication: ['none'],
  body: /* @__PURE__ */ object({ uid: field.uid, unblockCode: field.unblockCode }),
  response: field.empty,
  errors: ['INVALID_UNBLOCK_CODE', 'THROTTLED'],
});

/** A phone number is no second factor here; clients ask all the same (auth-api §6.18). */
export const recoveryPhone = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/recovery_phone',
  family: 'auth',
  summary: 'Whether the account has a phone number: never',
  authentication: ['sessionToken', 'passwordForgotToken'],
  response: /* @__PURE__ */ object({ exists: yesOrNo }),
  errors: [],
});

export const recoveryPhoneDestroy = /* @__PURE__ */ endpoint({
  method: 'DELETE',
  path: '/recovery_phone',
  family: 'auth',
  summary: 'Remove the phone number: there is none',
  authentication: ['none'],
  response: field.empty,
  errors: ['FEATURE_NOT_ENABLED'],
});

export const recoveryPhoneAvailable = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/recovery_phone/available',
  family: 'auth',
  summary: 'Whether a phone number can be added: never',
  authentication: ['sessionToken'],
  response: /* @__PURE__ */ object({ available: yesOrNo }),
  errors: [],
});

export const geoEligibility = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/geo/eligibility/{feature}',
  family: 'auth',
  summary: 'Whether a feature is offered where the person is: never',
  authentication: ['sessionToken'],
  params: /* @__PURE__ */ object({ feature: /* @__PURE__ */ string({ maxLength: 64 }) }),
  response: /* @__PURE__ */ object({ eligible: yesOrNo }),
  errors: [],
});

export const cmsConfig = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/cms/config',
  family: 'auth',
  summary: 'Branding of a relying party: none',
  authentication: ['none'],
  query: /* @__PURE__ */ object(
    {},
    { clientId: field.clientId, entrypoint: /* @__PURE__ */ string({ maxLength: 128 }) },
  ),
  response: field.empty,
  errors: [],
});

export const newsletters = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/newsletters',
  family: 'auth',
  summary: 'Subscribe to newsletters: there are none',
  authentication: ['sessionToken'],
  body: /* @__PURE__ */ object({
    newsletters: /* @__PURE__ */ array(/* @__PURE__ */ string({ maxLength: 64 }), { maxItems: 64 }),
  }),
  response: field.empty,
  errors: [],
});
