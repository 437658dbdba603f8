import { FxaError } from './fxa-error.js';

const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

/** Whether a failure says nothing about the request itself, so that the same one may succeed later. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof FxaError)) return false;
  const { kind, status, retryAfter } = error;
  if (kind === 'Network' || retryAfter !== undefined || status === TOO_MANY_REQUESTS) return true;
  return status !== undefined && status >= FIRST_SERVER_ERROR;
}
