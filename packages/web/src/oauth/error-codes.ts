import { AuthClientError, type ErrorName } from '@foxden/auth-client';

/** Error codes of RFC 6749 §4.1.2.1 and OpenID Connect Core §3.1.2.6 that these pages answer with. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'interaction_required'
  | 'login_required'
  | 'account_selection_required'
  | 'consent_required'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'unmet_authentication_requirements';

/** What a refusal of the server means to the application that asked. */
const CODES: Partial<Record<ErrorName, OAuthErrorCode>> = {
  INVALID_SCOPES: 'invalid_scope',
  INVALID_PARAMETER: 'invalid_request',
  MISSING_PARAMETER: 'invalid_request',
  MISSING_PKCE_PARAMETERS: 'invalid_request',
  NOT_PUBLIC_CLIENT: 'unauthorized_client',
  INVALID_RESPONSE_TYPE: 'unsupported_response_type',
  INSUFFICIENT_ACR_VALUES: 'unmet_authentication_requirements',
  STALE_AUTH_TIMESTAMP: 'login_required',
  CLIENT_DISABLED: 'temporarily_unavailable',
  FORBIDDEN: 'consent_required',
};

/**
 * The code of a failed authorization that the application should hear; undefined where it cannot help and the person can
 * try again: the server was not reached, is overloaded, or broke down.
 */
export function errorCode(error: unknown): OAuthErrorCode | undefined {
  if (!(error instanceof AuthClientError) || error.kind !== 'api') return undefined;
  if (
    error.errorName === 'UNEXPECTED' ||
    error.errorName === 'SERVICE_UNAVAILABLE' ||
    error.errorName === 'THROTTLED'
  ) {
    return undefined;
  }
  return (error.errorName && CODES[error.errorName]) ?? 'server_error';
}
