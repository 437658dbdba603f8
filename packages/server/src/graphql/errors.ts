import { PROFILE_ERRORS } from '@foxden/protocol';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { authError, ServiceError } from '../errors.js';
import { asServiceError, errorAnswer } from '../http/error-answer.js';
import { Refusal } from './refusal.js';

const PROFILE_DEFINITIONS: ReadonlySet<unknown> = new Set(Object.values(PROFILE_ERRORS));

/** An error as it goes on the wire, and what is to be logged of it. */
export interface PresentedError {
  readonly formatted: GraphQLFormattedError;
  /** What nobody expected; the client is not told. */
  readonly cause?: unknown;
}

/** An error of an operation with the extensions that tell a client what to do (graphql §3.1). */
export function presentError(error: unknown, acceptLanguage: string | undefined): PresentedError {
  const { path, locations } = error instanceof GraphQLError ? error : {};
  const where = { ...(locations !== undefined && { locations }), ...(path !== undefined && { path }) };
  const origin = originOf(error);
  if (origin instanceof Refusal)
    return { formatted: { message: origin.message, ...where, extensions: refused(origin) } };
  if (origin instanceof ServiceError) return presentServiceError(origin, where, acceptLanguage);
  if (error instanceof GraphQLError && origin === undefined) {
    return { formatted: { message: error.message, ...where, extensions: { code: 'BAD_USER_INPUT' } } };
  }
  return presentServiceError(asServiceError(origin, 'auth'), where, acceptLanguage);
}

/** What was thrown in the end; undefined for what the library found by itself. */
function originOf(error: unknown): unknown {
  return error instanceof GraphQLError ? originOf(error.originalError) : error;
}

/** Errors that the framework of the reference raises as HTTP errors keep the members that the settings app compares. */
function refused({ code, message }: Refusal) {
  if (code !== 'UNAUTHENTICATED') return { code };
  return { code, originalError: { statusCode: 401, message, error: 'Unauthorized' } };
}

function presentServiceError(
  error: ServiceError,
  where: Pick<GraphQLFormattedError, 'locations' | 'path'>,
  acceptLanguage: string | undefined,
): PresentedError {
  const { message, error: _name, ...body } = errorAnswer(error, 'auth', acceptLanguage).body;
  const isUnexpected = error.definition === authError('UNEXPECTED').definition;
  return {
    formatted: {
      message,
      ...where,
      extensions: {
        ...body,
        ...(PROFILE_DEFINITIONS.has(error.definition) && { status: body.code }),
        ...(isUnexpected && { code: 'INTERNAL_SERVER_ERROR' }),
      },
    },
    ...(isUnexpected && { cause: error.cause }),
  };
}
