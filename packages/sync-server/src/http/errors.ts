import { isContention } from '@foxden/database';
import { WeaveError } from '../errors.js';

/** Whatever was thrown, as an error of the storage. */
export function asWeaveError(error: unknown): WeaveError {
  if (error instanceof WeaveError) return error;
  if (isContention(error)) return new WeaveError('CONFLICT', { cause: error });
  if (error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new WeaveError('TOO_LARGE');
  }
  const isClientError = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
  return new WeaveError(isClientError ? 'BAD_REQUEST' : 'UNEXPECTED', { cause: error });
}
