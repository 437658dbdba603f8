import { AuthClientError, isAuthError } from '@foxden/auth-client';
import { WebChannelError } from '@foxden/webchannel';
import type { Problem } from '../flow/problem.js';

/** Why a flow with a browser cannot begin, by what the browser or the server did. @throws what is neither's */
export function beginningFailure(error: unknown): Problem {
  if (error instanceof WebChannelError) return { kind: 'no-browser' };
  if (isAuthError(error, 'UNKNOWN_CLIENT', 'INVALID_PARAMETER')) return { kind: 'unknown-application' };
  if (!(error instanceof AuthClientError)) throw error;
  return { kind: error.status === undefined ? 'unreachable' : 'server' };
}
