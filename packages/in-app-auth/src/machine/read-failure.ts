import { AuthClientError } from '@foxden/auth-client';
import { ERROR_NAMES, ERRORS, type ErrorName, type ErrorRule, type FailureName, type InAppError } from './errors.js';
import type { StateName } from './states.js';

/** What a failed request means for the flow. */
export type Refusal =
  | { readonly trigger: ErrorName; readonly error: InAppError }
  | { readonly trigger: 'blocked' }
  | { readonly trigger: 'failed'; readonly failure: FailureName; readonly cause: unknown };

/** An end of the flow that the code itself declares. */
export class FlowFailure extends Error {
  override readonly name = 'FlowFailure';
  readonly failure: FailureName;

  constructor(failure: FailureName, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.failure = failure;
  }
}

/**
 * Reads what a request threw while a state worked (in-app-auth §7): an error of the protocol is an error of the flow, no
 * connection ends it, and what nobody planned for is `Unexpected`.
 */
export function readFailure(thrown: unknown, state: StateName, isOnline: () => boolean): Refusal {
  if (thrown instanceof FlowFailure) return { trigger: 'failed', failure: thrown.failure, cause: thrown };
  if (!(thrown instanceof AuthClientError)) return refusal('Unexpected', thrown);
  switch (thrown.kind) {
    case 'api':
      return isLiftableBlock(thrown) ? { trigger: 'blocked' } : refusal(errorOf(thrown, state), thrown);
    case 'malformed':
      return refusal('Unexpected', thrown);
    case 'timeout':
      return isSignIn(state)
        ? refusal('ConnectionTimeout', thrown)
        : { trigger: 'failed', failure: 'DependentConnectionError', cause: thrown };
    case 'network':
    case 'aborted':
      return { trigger: 'failed', failure: failureOf(thrown, isOnline), cause: thrown };
  }
}

/** Reads what failed outside any state to go back to: before the first screen and after the last (in-app-auth §6, §7). */
export function failureOf(thrown: unknown, isOnline: () => boolean): FailureName {
  if (thrown instanceof FlowFailure) return thrown.failure;
  if (!(thrown instanceof AuthClientError)) return 'AuthenticationError';
  switch (thrown.kind) {
    case 'api':
      return 'AuthenticationError';
    case 'malformed':
      return failureOfStatus(thrown.status);
    case 'timeout':
      return 'DependentConnectionError';
    case 'network':
      return !isOnline() || isUnknownHost(thrown.cause) ? 'NoConnectionError' : 'ConnectionFailureError';
    case 'aborted':
      return 'IgnoredError';
  }
}

/** What an HTTP status without a body of the protocol means (in-app-auth §7). */
export function failureOfStatus(status: number | undefined): FailureName {
  if (status === 401 || status === 405) return 'AuthenticationError';
  if (status === undefined || status < 400 || status === 503) return 'ConnectionFailureError';
  return 'IgnoredError';
}

/** An error without transition: for a request beside the flow, which never ends it. */
export function readResendFailure(thrown: unknown, state: StateName): InAppError {
  if (!(thrown instanceof AuthClientError)) return inAppError('Unexpected', thrown);
  if (thrown.kind === 'timeout') return inAppError('ConnectionTimeout', thrown);
  return inAppError(thrown.kind === 'api' ? errorOf(thrown, state) : 'Unexpected', thrown);
}

export function inAppError(name: ErrorName, cause?: unknown): InAppError {
  const api = cause instanceof AuthClientError ? cause : undefined;
  const retryAfterSec = name === 'TooManyRequests' ? (api?.retryAfter ?? 0) : 0;
  return {
    name,
    retryAfterSec,
    ...(api?.errno !== undefined && { errno: api.errno }),
    ...(cause !== undefined && { cause }),
  };
}

function refusal(name: ErrorName, cause: unknown): Refusal {
  return { trigger: name, error: inAppError(name, cause) };
}

/** Blocked, but a mailed code lifts it. Where an account was tried too often, servers say so with errno 114. */
function isLiftableBlock({ errno, body }: AuthClientError): boolean {
  return (errno === 125 || errno === 114) && body['verificationMethod'] === 'email-captcha';
}

function errorOf({ errno, body }: AuthClientError, state: StateName): ErrorName {
  const name = errno === 107 ? fieldError(body['validation']) : errnoError(errno);
  const isTotp = state === 'VerifyingSessionTotpCode' && name === 'InvalidOrExpiredVerificationCode';
  return isTotp ? 'InvalidTotpCode' : name;
}

function errnoError(errno: number | undefined): ErrorName {
  return ERROR_NAMES.find((name) => rule(name).errnos.some((number) => number === errno)) ?? 'Unexpected';
}

/** Where several members were refused, the first of these counts. */
const FIELDS: readonly ErrorName[] = ['InvalidUnblockCode', 'InvalidEmailAddress', 'InvalidOrExpiredVerificationCode'];

function fieldError(validation: unknown): ErrorName {
  const keys: unknown =
    typeof validation === 'object' && validation !== null && 'keys' in validation && validation.keys;
  if (!Array.isArray(keys)) return 'Unexpected';
  return FIELDS.find((name) => keys.includes(rule(name).field)) ?? 'Unexpected';
}

const rule = (name: ErrorName): ErrorRule => ERRORS[name];

function isSignIn(state: StateName): boolean {
  return state === 'SigningIn' || state === 'VerifyingUnblockCode';
}

/** Node says so by a code somewhere among the causes; other platforms keep it to themselves. */
function isUnknownHost(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const code = 'code' in thrown ? thrown.code : undefined;
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN' || isUnknownHost(thrown.cause);
}
