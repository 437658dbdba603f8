/** Accounts and signing in to them: auth-api §6.1, §1.7. */
import { endpoint } from './endpoint.js';
import * as field from './fields.js';
import { mailErrors } from './mail-errors.js';
import { boolean, hex, nullable, object, oneOf, string } from './schema.js';

/** `keys=true` asks for a keyFetchToken too. */
export const keysQuery = /* @__PURE__ */ object({}, { keys: field.flag, service: field.service });

/** Members of {@link credentialsVersion2} without the wrapped key that version 1 has too. */
export const onlyVersion2 = {
  authPWVersion2: field.authPW,
  wrapKbVersion2: field.wrappedKey,
  clientSalt: field.clientSalt,
};

/** The members that set version 2 credentials; they come together or not at all. */
export const credentialsVersion2 = { wrapKb: field.wrappedKey, ...onlyVersion2 };

/** The verification status block of sign-in answers (auth-api §5.2). */
export const verificationStatus = {
  emailVerified: /* @__PURE__ */ boolean(),
  sessionVerified: /* @__PURE__ */ boolean(),
  verified: /* @__PURE__ */ boolean(),
};
export const verificationNeed = {
  verificationMethod: field.verificationMethod,
  verificationReason: field.verificationReason,
};

/** What a sign-in and a re-authentication send. */
export const signInBody = /* @__PURE__ */ object(
  { email: field.email, authPW: field.authPW },
  {
    service: field.service,
    redirectTo: field.redirectTo,
    resume: field.resume,
    reason: field.reason,
    unblockCode: field.unblockCode,
    metricsContext: field.metricsContext,
    originalLoginEmail: field.email,
    verificationMethod: field.verificationMethod,
    sendSigninVerificationEmail: /* @__PURE__ */ boolean(),
  },
);
export const signInQuery = /* @__PURE__ */ object(
  {},
  { keys: field.flag, service: field.service, verificationMethod: field.verificationMethod },
);
export const signInErrors = [
  'UNKNOWN_ACCOUNT',
  'INCORRECT_PASSWORD',
  'INCORRECT_EMAIL_CASE',
  'THROTTLED',
  'REQUEST_BLOCKED',
  'INVALID_UNBLOCK_CODE',
  'ACCOUNT_MUST_BE_RESET',
  'ACCOUNT_WITHOUT_PASSWORD',
  'TOTP_REQUIRED',
  'SERVICE_UNAVAILABLE',
] as const;

export const accountCreate = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/create',
  family: 'auth',
  summary: 'Create an account and a first session',
  authentication: ['none'],
  query: keysQuery,
  body: /* @__PURE__ */ object(
    { email: field.email, authPW: field.authPW },
    {
      ...credentialsVersion2,
      service: field.service,
      redirectTo: field.redirectTo,
      resume: field.resume,
      metricsContext: field.metricsContext,
      style: /* @__PURE__ */ string({ maxLength: 32 }),
      verificationMethod: field.verificationMethod,
    },
  ),
  response: /* @__PURE__ */ object(
    { uid: field.uid, sessionToken: field.token, authAt: field.seconds },
    {
      keyFetchToken: field.token,
      keyFetchTokenVersion2: field.token,
      verificationMethod: field.verificationMethod,
    },
  ),
  errors: [
    'ACCOUNT_EXISTS',
    'VERIFIED_SECONDARY_EMAIL_EXISTS',
    'ACCOUNT_CREATION_REJECTED',
    'THROTTLED',
    ...mailErrors,
    'SERVICE_UNAVAILABLE',
  ],
});

export const accountLogin = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/login',
  family: 'auth',
  summary: 'Sign in with an address and authPW',
  authentication: ['none'],
  query: signInQuery,
  body: signInBody,
  response: /* @__PURE__ */ object(
    {
      uid: field.uid,
      sessionToken: field.token,
      authAt: field.seconds,
      metricsEnabled: /* @__PURE__ */ boolean(),
      ...verificationStatus,
    },
    { ...verificationNeed, keyFetchToken: field.token, keyFetchTokenVersion2: field.token },
  ),
  errors: [...signInErrors, 'LOGIN_WITH_SECONDARY_EMAIL'],
});

export const accountStatusGet = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/account/status',
  family: 'auth',
  summary: 'Whether an account exists, by uid or by session',
  authentication: ['sessionToken', 'none'],
  query: /* @__PURE__ */ object({}, { uid: field.uid }),
  response: /* @__PURE__ */ object(
    { exists: /* @__PURE__ */ boolean() },
    { locale: /* @__PURE__ */ nullable(/* @__PURE__ */ string()), hasPassword: /* @__PURE__ */ boolean() },
  ),
  errors: ['THROTTLED'],
});

export const accountStatus = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/status',
  family: 'auth',
  summary: 'Whether an address has an account, and how it signs in',
  authentication: ['none'],
  body: /* @__PURE__ */ object(
    { email: field.email },
    {
      thirdPartyAuthStatus: /* @__PURE__ */ boolean(),
      checkDomain: /* @__PURE__ */ boolean(),
      clientId: field.clientId,
      service: field.service,
    },
  ),
  response: /* @__PURE__ */ object(
    { exists: /* @__PURE__ */ boolean() },
    {
      hasLinkedAccount: /* @__PURE__ */ boolean(),
      hasPassword: /* @__PURE__ */ boolean(),
      passwordlessSupported: /* @__PURE__ */ boolean(),
      invalidDomain: /* @__PURE__ */ boolean(),
    },
  ),
  errors: ['THROTTLED', 'VERIFIED_SECONDARY_EMAIL_EXISTS'],
});

export const accountCredentialsStatus = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/credentials/status',
  family: 'auth',
  summary: 'Which key-stretching version an account uses, with its salt',
  authentication: ['none'],
  body: /* @__PURE__ */ object({ email: field.email }),
  response: /* @__PURE__ */ object(
    { currentVersion: /* @__PURE__ */ oneOf('v1', 'v2'), upgradeNeeded: /* @__PURE__ */ boolean() },
    { clientSalt: field.clientSalt },
  ),
  errors: ['UNKNOWN_ACCOUNT', 'LOGIN_WITH_INVALID_EMAIL', 'THROTTLED'],
});

export const accountKeys = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/account/keys',
  family: 'auth',
  summary: 'Fetch the wrapped keys, once',
  authentication: ['keyFetchToken'],
  response: /* @__PURE__ */ object({ bundle: /* @__PURE__ */ hex(96) }),
  errors: ['UNVERIFIED_ACCOUNT'],
});

export const accountDestroy = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/destroy',
  family: 'auth',
  summary: 'Delete the account and everything it has',
  authentication: ['sessionToken'],
  body: /* @__PURE__ */ object({ email: field.email, authPW: field.authPW }),
  bodyRequired: true,
  response: field.empty,
  errors: [
    'UNKNOWN_ACCOUNT',
    'INCORRECT_PASSWORD',
    'INCORRECT_EMAIL_CASE',
    'UNVERIFIED_SESSION',
    'INSUFFICIENT_AAL',
    'THROTTLED',
    'SERVICE_UNAVAILABLE',
  ],
});

export const getRandomBytes = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/get_random_bytes',
  family: 'auth',
  summary: '32 random bytes',
  authentication: ['none'],
  response: /* @__PURE__ */ object({ data: /* @__PURE__ */ hex(32) }),
  errors: [],
});
