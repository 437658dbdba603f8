import { AuthClientError } from '@foxden/auth-client';
import { IntegrityError, MalformedError } from '@foxden/protocol';
import { FxaError, type FxaErrorKind } from './fxa-error.js';

const UNANSWERED: readonly string[] = ['network', 'timeout', 'aborted'];

/** Any failure as an FxaError: by HTTP status where a server answered, whatever the body says (client §11.2, 9). */
export function asFxaError(error: unknown): FxaError {
  if (error instanceof FxaError) return error;
  if (error instanceof AuthClientError) {
    const { status, errno, retryAfter, message } = error;
    return new FxaError(kindOf(error), message, { status, errno, retryAfter, cause: error });
  }
  if (error instanceof MalformedError || error instanceof IntegrityError) {
    return new FxaError('Other', error.message, { cause: error });
  }
  throw error;
}

function kindOf({ kind, status }: AuthClientError): FxaErrorKind {
  if (UNANSWERED.includes(kind)) return 'Network';
  if (status === 401) return 'Authentication';
  return status === 403 ? 'Forbidden' : 'Other';
}
