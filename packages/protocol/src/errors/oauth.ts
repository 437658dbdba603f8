import { type ErrorDefinition, errorTable } from './definition.js';

/** Errors of the OAuth-server family of routes, by errno (oauth-devices §1.9). */
export const OAUTH_ERRORS = /* @__PURE__ */ errorTable({
  UNKNOWN_CLIENT: { errno: 101, status: 400, message: 'Unknown client', oauth: 'invalid_client' },
  INCORRECT_CLIENT_SECRET: { errno: 102, status: 400, message: 'Incorrect secret', oauth: 'invalid_client' },
  INCORRECT_REDIRECT_URI: { errno: 103, status: 400, message: 'Incorrect redirect_uri', oauth: 'invalid_request' },
  INVALID_ASSERTION: { errno: 104, status: 401, message: 'Invalid assertion', oauth: 'access_denied' },
  UNKNOWN_AUTHORIZATION_CODE: { errno: 105, status: 400, message: 'Unknown code', oauth: 'invalid_grant' },
  MISMATCH_AUTHORIZATION_CODE: { errno: 106, status: 400, message: 'Incorrect code', oauth: 'invalid_grant' },
  EXPIRED_AUTHORIZATION_CODE: { errno: 107, status: 400, message: 'Expired code', oauth: 'invalid_grant' },
  INVALID_TOKEN: { errno: 108, status: 400, message: 'Invalid token', oauth: 'invalid_grant' },
  INVALID_PARAMETER: { errno: 109, status: 400, message: 'Invalid request parameter', oauth: 'invalid_request' },
  INVALID_RESPONSE_TYPE: {
    errno: 110,
    status: 400,
    message: 'Invalid response_type',
    oauth: 'unsupported_response_type',
  },
  UNAUTHORIZED: { errno: 111, status: 401, message: 'Unauthorized for route', oauth: 'invalid_token' },
  FORBIDDEN: { errno: 112, status: 403, message: 'Forbidden', oauth: 'unauthorized_client' },
  INVALID_CONTENT_TYPE: {
    errno: 113,
    status: 415,
    message: 'Content-Type must be application/json or application/x-www-form-urlencoded',
    oauth: 'invalid_request',
  },
  INVALID_SCOPES: {
    errno: 114,
    status: 400,
    error: 'Invalid scopes',
    message: 'Requested scopes are not allowed',
    oauth: 'invalid_scope',
  },
  EXPIRED_TOKEN: { errno: 115, status: 400, message: 'Expired token', oauth: 'invalid_grant' },
  NOT_PUBLIC_CLIENT: { errno: 116, status: 400, message: 'Not a public client', oauth: 'unauthorized_client' },
  INVALID_PKCE_CHALLENGE: { errno: 117, status: 400, message: 'Incorrect code_challenge', oauth: 'invalid_grant' },
  MISSING_PKCE_PARAMETERS: {
    errno: 118,
    status: 400,
    message: 'PKCE parameters missing',
    oauth: 'invalid_request',
  },
  STALE_AUTH_TIMESTAMP: {
    errno: 119,
    status: 401,
    message: 'Stale authentication timestamp',
    oauth: 'access_denied',
  },
  INSUFFICIENT_ACR_VALUES: {
    errno: 120,
    status: 400,
    message: 'Mismatch acr value',
    oauth: 'unmet_authentication_requirements',
  },
  INVALID_GRANT_TYPE: {
    errno: 121,
    status: 400,
    message: 'Invalid grant_type',
    oauth: 'unsupported_grant_type',
  },
  UNKNOWN_REFRESH_TOKEN: { errno: 122, status: 400, message: 'Unknown token', oauth: 'invalid_grant' },
  PPID_WITH_PROFILE_SCOPE: {
    errno: 123,
    status: 400,
    message: 'PPID tokens may not carry profile scopes',
    oauth: 'invalid_scope',
  },
  CLIENT_DISABLED: {
    errno: 202,
    status: 503,
    message: 'This client has been temporarily disabled',
    oauth: 'temporarily_unavailable',
  },
  UNEXPECTED: { errno: 999, status: 500, message: 'Unspecified error', oauth: 'server_error' },
} satisfies Record<string, Omit<ErrorDefinition, 'name'>>);

export type OAuthErrorName = keyof typeof OAUTH_ERRORS;
