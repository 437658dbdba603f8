/** OAuth 2 and OpenID Connect: oauth-devices §1 and §2.1. */
import { endpoint } from './endpoint.js';
import * as field from './fields.js';
import {
  array,
  boolean,
  hex,
  integer,
  nullable,
  number,
  object,
  oneOf,
  record,
  strictObject,
  string,
} from './schema.js';

const codeChallenge = /* @__PURE__ */ string({ pattern: '^[A-Za-z0-9_-]{43}$' });
const state = /* @__PURE__ */ string({ maxLength: 512 });
const ttl = /* @__PURE__ */ number({ exclusiveMinimum: 0 });
const keysJwe = /* @__PURE__ */ string({
  pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$',
  maxLength: 1024,
});
/** RFC 8707 §2: an absolute URI without a fragment. */
const resource = /* @__PURE__ */ string({ format: 'web-url', pattern: '^[^#]*$', maxLength: 512 });
const redirectUri = /* @__PURE__ */ string({ maxLength: 256 });
const clientSecret = /* @__PURE__ */ hex(32);
const anyToken = /* @__PURE__ */ string({ minLength: 1, maxLength: 4096 });
const hexToken = /* @__PURE__ */ hex(32);

const AUTHORIZATION_CODE = 'authorization_code';
const REFRESH_TOKEN = 'refresh_token';
const FXA_CREDENTIALS = 'fxa-credentials';
const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** The grant types that the token endpoints answer. */
export const GRANT_TYPES = [AUTHORIZATION_CODE, REFRESH_TOKEN, FXA_CREDENTIALS, TOKEN_EXCHANGE] as const;
export type GrantType = (typeof GRANT_TYPES)[number];

export const oauthAuthorization = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/oauth/authorization',
  family: 'auth',
  summary: 'Create an authorization code with a session',
  authentication: ['sessionToken'],
  nullIsAbsent: true,
  form: true,
  body: /* @__PURE__ */ strictObject(
    { client_id: field.clientId, state },
    {
      scope: field.scopeText,
      response_type: /* @__PURE__ */ oneOf('code'),
      // No format: what counts is that it equals a registered one, and native apps register schemes of their own.
      redirect_uri: redirectUri,
      access_type: /* @__PURE__ */ oneOf('online', 'offline'),
      code_challenge: codeChallenge,
      code_challenge_method: /* @__PURE__ */ oneOf('S256'),
      keys_jwe: keysJwe,
      acr_values: /* @__PURE__ */ string({ maxLength: 256 }),
      max_age: /* @__PURE__ */ integer({ minimum: 0 }),
      // VSCHAR of RFC 6749, appendix A: it is stored, and not every database takes every character.
      nonce: /* @__PURE__ */ string({ pattern: '^[\\x20-\\x7e]*$', maxLength: 512 }),
      service: field.service,
      prompt: /* @__PURE__ */ string({ maxLength: 64 }),
    },
  ),
  response: /* @__PURE__ */ object({
    code: hexToken,
    state,
    redirect: /* @__PURE__ */ string(),
    scope: /* @__PURE__ */ string(),
  }),
  errors: [
    'CLIENT_DISABLED',
    'UNVERIFIED_ACCOUNT',
    'UNVERIFIED_SESSION',
    'UNKNOWN_CLIENT',
    'INCORRECT_REDIRECT_URI',
    'INSUFFICIENT_ACR_VALUES',
    'INVALID_SCOPES',
    'MISSING_PKCE_PARAMETERS',
    'FORBIDDEN',
    'STALE_AUTH_TIMESTAMP',
  ],
});

/** Members of a token request. Which of them a grant takes is decided by the grant (oauth-devices §1.7). */
const tokenRequest = {
  client_id: field.clientId,
  client_secret: clientSecret,
  code: hexToken,
  redirect_uri: redirectUri,
  refresh_token: hexToken,
  subject_token: hexToken,
  /** Only refresh tokens are exchanged (RFC 8693 §3). */
  subject_token_type: /* @__PURE__ */ oneOf('urn:ietf:params:oauth:token-type:refresh_token'),
  scope: field.scopeText,
  ttl,
  ppid_seed: /* @__PURE__ */ integer({ minimum: 0, maximum: 1024 }),
  resource,
};

const tokenAnswer = {
  access_token: /* @__PURE__ */ string(),
  token_type: /* @__PURE__ */ oneOf('bearer'),
  scope: /* @__PURE__ */ string(),
  expires_in: /* @__PURE__ */ integer({ minimum: 0, description: 'seconds' }),
};
const tokenAnswerOptional = {
  auth_at: field.seconds,
  refresh_token: hexToken,
  id_token: /* @__PURE__ */ string(),
  keys_jwe: /* @__PURE__ */ string(),
};
/** base64url would do for PKCE (RFC 7636 §4.1), but `.` and `~` are legal, and foreign libraries may use them. */
const codeVerifier = /* @__PURE__ */ string({ pattern: '^[A-Za-z0-9_.~-]{43,128}$' });
const TOKEN_ERRORS = [
  'UNKNOWN_CLIENT',
  'INCORRECT_CLIENT_SECRET',
  'UNKNOWN_AUTHORIZATION_CODE',
  'MISMATCH_AUTHORIZATION_CODE',
  'EXPIRED_AUTHORIZATION_CODE',
  'INCORRECT_REDIRECT_URI',
  'INVALID_PKCE_CHALLENGE',
  'MISSING_PKCE_PARAMETERS',
  'INVALID_TOKEN',
  'INVALID_SCOPES',
  'FORBIDDEN',
  'CLIENT_DISABLED',
] as const;

export const token = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/token',
  family: 'oauth',
  summary: 'Exchange a grant for tokens (discovery token endpoint)',
  authentication: ['none'],
  form: true,
  nullIsAbsent: true,
  body: /* @__PURE__ */ object(
    {},
    {
      ...tokenRequest,
      grant_type: /* @__PURE__ */ string({ maxLength: 128 }),
      code_verifier: codeVerifier,
    },
  ),
  response: /* @__PURE__ */ object(tokenAnswer, { ...tokenAnswerOptional, session_token_id: hexToken }),
  errors: [...TOKEN_ERRORS, 'INVALID_GRANT_TYPE', 'PPID_WITH_PROFILE_SCOPE'],
});

export const oauthToken = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/oauth/token',
  family: 'auth',
  summary: 'Exchange a grant for tokens, with a session where the grant needs one',
  authentication: ['sessionToken', 'none'],
  form: true,
  nullIsAbsent: true,
  body: /* @__PURE__ */ strictObject(
    {},
    {
      ...tokenRequest,
      grant_type: /* @__PURE__ */ oneOf(...GRANT_TYPES),
      code_verifier: codeVerifier,
      access_type: /* @__PURE__ */ oneOf('online', 'offline'),
      reason: /* @__PURE__ */ string({ maxLength: 32 }),
    },
  ),
  response: /* @__PURE__ */ object(tokenAnswer, { ...tokenAnswerOptional, session_token: hexToken }),
  errors: [...TOKEN_ERRORS, 'NOT_PUBLIC_CLIENT', 'UNVERIFIED_ACCOUNT', 'UNVERIFIED_SESSION'],
});

export const destroy = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/destroy',
  family: 'oauth',
  summary: 'Delete a token',
  authentication: ['none'],
  form: true,
  nullIsAbsent: true,
  body: /* @__PURE__ */ object(
    {},
    {
      token: anyToken,
      access_token: anyToken,
      refresh_token: hexToken,
      refresh_token_id: hexToken,
      client_id: field.clientId,
      client_secret: /* @__PURE__ */ string({ maxLength: 64, pattern: '^(?:[a-fA-F0-9]{64})?$' }),
      token_type_hint: /* @__PURE__ */ string({ maxLength: 64 }),
    },
  ),
  response: field.empty,
  errors: ['UNKNOWN_CLIENT', 'INCORRECT_CLIENT_SECRET', 'INVALID_TOKEN'],
});

export const oauthDestroy = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/oauth/destroy',
  family: 'auth',
  summary: 'Revoke a token (RFC 7009)',
  authentication: ['none'],
  form: true,
  nullIsAbsent: true,
  body: /* @__PURE__ */ object(
    { token: anyToken },
    {
      client_id: field.clientId,
      client_secret: clientSecret,
      token_type_hint: /* @__PURE__ */ string({ maxLength: 64 }),
    },
  ),
  response: field.empty,
  errors: ['UNKNOWN_CLIENT', 'INCORRECT_CLIENT_SECRET'],
});

export const verify = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/verify',
  family: 'oauth',
  summary: 'What an access token stands for',
  authentication: ['none'],
  form: true,
  body: /* @__PURE__ */ object({ token: anyToken }),
  response: /* @__PURE__ */ object(
    { user: field.uid, client_id: field.clientId, scope: /* @__PURE__ */ array(/* @__PURE__ */ string()) },
    { generation: field.milliseconds, profile_changed_at: field.milliseconds },
  ),
  errors: ['INVALID_TOKEN', 'EXPIRED_TOKEN'],
});

export const introspect = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/introspect',
  family: 'oauth',
  summary: 'Whether a token is active (RFC 7662)',
  authentication: ['none'],
  form: true,
  body: /* @__PURE__ */ object(
    { token: anyToken },
    {
      token_type_hint: /* @__PURE__ */ string({ maxLength: 64 }),
      client_id: field.clientId,
      client_secret: clientSecret,
    },
  ),
  response: /* @__PURE__ */ object(
    { active: /* @__PURE__ */ boolean() },
    {
      scope: /* @__PURE__ */ string(),
      client_id: field.clientId,
      token_type: /* @__PURE__ */ oneOf('access_token', 'refresh_token'),
      iat: field.milliseconds,
      exp: field.milliseconds,
      sub: field.uid,
      jti: hexToken,
      'fxa-lastUsedAt': field.milliseconds,
    },
  ),
  errors: ['NOT_PUBLIC_CLIENT', 'UNKNOWN_CLIENT', 'INCORRECT_CLIENT_SECRET'],
});

export const jwks = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/jwks',
  family: 'oauth',
  summary: 'Public keys that verify ID tokens and JWT access tokens',
  authentication: ['none'],
  response: /* @__PURE__ */ object({
    keys: /* @__PURE__ */ array(
      /* @__PURE__ */ object({
        kty: /* @__PURE__ */ oneOf('RSA'),
        alg: /* @__PURE__ */ oneOf('RS256'),
        use: /* @__PURE__ */ oneOf('sig'),
        kid: /* @__PURE__ */ string(),
        n: /* @__PURE__ */ string(),
        e: /* @__PURE__ */ string(),
        'fxa-createdAt': field.seconds,
      }),
    ),
  }),
  errors: [],
});

const clientParams = /* @__PURE__ */ object({ client_id: field.clientId });
const clientInformation = /* @__PURE__ */ object(
  {
    id: field.clientId,
    name: /* @__PURE__ */ string(),
    trusted: /* @__PURE__ */ boolean(),
    redirect_uri: /* @__PURE__ */ nullable(
      /* @__PURE__ */ string({ description: 'every registered URI, separated by commas; null when there is none' }),
    ),
  },
  { image_uri: /* @__PURE__ */ string() },
);

export const client = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/client/{client_id}',
  family: 'oauth',
  summary: 'Public information about an OAuth client',
  authentication: ['none'],
  params: clientParams,
  response: clientInformation,
  errors: ['UNKNOWN_CLIENT'],
});

export const oauthClient = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/oauth/client/{client_id}',
  family: 'auth',
  summary: 'Public information about an OAuth client',
  authentication: ['none'],
  params: clientParams,
  response: clientInformation,
  errors: ['UNKNOWN_CLIENT'],
});

export const scopedKeyData = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/scoped-key-data',
  family: 'auth',
  summary: 'What the client needs to derive the keys of the scopes it asks for',
  authentication: ['sessionToken'],
  form: true,
  body: /* @__PURE__ */ object({ client_id: field.clientId, scope: field.scopeText }),
  response: /* @__PURE__ */ record(
    /* @__PURE__ */ object({
      identifier: /* @__PURE__ */ string(),
      keyRotationSecret: /* @__PURE__ */ hex(32),
      keyRotationTimestamp: field.milliseconds,
    }),
  ),
  errors: ['UNVERIFIED_ACCOUNT', 'UNVERIFIED_SESSION', 'UNKNOWN_CLIENT', 'INVALID_SCOPES', 'STALE_AUTH_TIMESTAMP'],
});

/** GET /v1/profile is also the OpenID Connect userinfo endpoint (oauth-devices §5). */
export const profile = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/profile',
  family: 'profile',
  summary: 'The profile of the person, as far as the access token allows',
  authentication: ['accessToken'],
  response: /* @__PURE__ */ object(
    {},
    {
      uid: field.uid,
      sub: /* @__PURE__ */ string(),
      email: field.email,
      locale: /* @__PURE__ */ string(),
      amrValues: /* @__PURE__ */ array(/* @__PURE__ */ string()),
      twoFactorAuthentication: /* @__PURE__ */ boolean(),
      displayName: /* @__PURE__ */ string(),
      avatar: /* @__PURE__ */ string(),
      avatarDefault: /* @__PURE__ */ boolean(),
      metricsEnabled: /* @__PURE__ */ boolean(),
      accountDisabledAt: /* @__PURE__ */ nullable(field.milliseconds),
      accountLockedAt: /* @__PURE__ */ nullable(field.milliseconds),
    },
  ),
  errors: ['UNAUTHORIZED', 'FORBIDDEN'],
});
