import { oauthError, type ServiceError } from '../errors.js';

/** The error for a request member that is missing or makes no sense beside the others (oauth-devices §1.9, errno 109). */
export function invalidParameter(key: string): ServiceError {
  return oauthError('INVALID_PARAMETER', { validation: { keys: [key] } });
}
