import { STATUS_CODES } from 'node:http';
import {
  AUTH_ERRORS,
  ERROR_INFO_URL,
  type ErrorBody,
  type ErrorDefinition,
  type Family,
  OAUTH_ERRORS,
  oauthErrorAsAuthError,
  PROFILE_ERRORS,
} from '@foxden/protocol';
import { ServiceError } from '../errors.js';
import { retryAfterWords } from './retry-after-words.js';

/** An error as it goes on the wire. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ErrorBody;
}

const DEFAULT_RETRY_AFTER = 30;

/**
 * The answer to an error on a route of a family (auth-api §4.1, §4.3). OAuth errors on auth-family routes change their
 * number; on OAuth-family routes `error` is the name that RFC 6749 gives them, so that any OAuth library understands it.
 */
export function errorAnswer(error: ServiceError, family: Family, acceptLanguage?: string): ErrorAnswer {
  const definition = inFamily(error.definition, family);
  const extra = { ...error.extra };
  if (definition.status === 503 && extra['retryAfter'] === undefined) extra['retryAfter'] = DEFAULT_RETRY_AFTER;
  const retryAfter = extra['retryAfter'];
  if (typeof retryAfter === 'number') extra['retryAfterLocalized'] = retryAfterWords(retryAfter, acceptLanguage);
  return {
    status: definition.status,
    headers: {
      ...(typeof retryAfter === 'number' && { 'retry-after': String(Math.ceil(retryAfter)) }),
      ...(definition.status === 401 && { 'www-authenticate': challenge(definition, family) }),
    },
    body: {
      ...extra,
      code: definition.status,
      errno: definition.errno,
      error: errorName(definition, family),
      message: definition.message,
      info: ERROR_INFO_URL,
    },
  };
}

function inFamily(definition: ErrorDefinition, family: Family): ErrorDefinition {
  const isOAuth = OAUTH_ERRORS[definition.name as keyof typeof OAUTH_ERRORS] === definition;
  if (isOAuth && family === 'auth') return oauthErrorAsAuthError(definition);
  return definition;
}

function errorName(definition: ErrorDefinition, family: Family): string {
  if (family !== 'auth' && definition.oauth !== undefined) return definition.oauth;
  return definition.error ?? STATUS_CODES[definition.status] ?? 'Error';
}

/** RFC 6750 §3 asks every 401 of a protected resource to say how to authenticate. */
function challenge(definition: ErrorDefinition, family: Family): string {
  if (family === 'auth') return 'Hawk, Bearer';
  return definition.oauth === undefined ? 'Bearer' : `Bearer error="${definition.oauth}"`;
}

/** Whatever was thrown, as an error of the catalogue. What is not one is unexpected, and its text stays inside. */
export function asServiceError(error: unknown, family: Family): ServiceError {
  if (error instanceof ServiceError) return error;
  if (isFrameworkError(error)) return new ServiceError(frameworkDefinition(error, family), {}, { cause: error });
  return new ServiceError(AUTH_ERRORS.UNEXPECTED, {}, { cause: error });
}

interface FrameworkError extends Error {
  readonly code: string;
  readonly statusCode: number;
}

function isFrameworkError(error: unknown): error is FrameworkError {
  return error instanceof Error && 'statusCode' in error && 'code' in error && typeof error.statusCode === 'number';
}

function frameworkDefinition(error: FrameworkError, family: Family): ErrorDefinition {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return AUTH_ERRORS.REQUEST_TOO_LARGE;
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return family === 'oauth' ? OAUTH_ERRORS.INVALID_CONTENT_TYPE : AUTH_ERRORS.UNSUPPORTED_MEDIA_TYPE;
    default:
      break;
  }
  if (error.statusCode >= 500) return AUTH_ERRORS.UNEXPECTED;
  if (family === 'oauth') return OAUTH_ERRORS.INVALID_PARAMETER;
  return family === 'profile' ? PROFILE_ERRORS.INVALID_PARAMETER : AUTH_ERRORS.INVALID_PARAMETER;
}
