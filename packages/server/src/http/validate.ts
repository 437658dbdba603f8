import { type Endpoint, FORMATS, type Schema } from '@foxden/protocol';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { authError, oauthError, profileError, type ServiceError } from '../errors.js';

type Part = 'params' | 'query' | 'body';

/** Where FxA's answers say a bad member was. */
const SOURCES: Readonly<Record<Part, string>> = { params: 'params', query: 'query', body: 'payload' };

const strict = createAjv(false);
/** Form bodies carry only text, so numbers and booleans are read from it. */
const coercing = createAjv(true);
const compiled = new WeakMap<Schema<unknown>, ValidateFunction>();
const compiledForForms = new WeakMap<Schema<unknown>, ValidateFunction>();

function createAjv(coerceTypes: boolean): Ajv {
  const ajv = new Ajv({ coerceTypes, strict: false, allErrors: false });
  for (const [name, check] of Object.entries(FORMATS)) ajv.addFormat(name, check);
  return ajv;
}

/** Compiled at first use: compiling every schema would be the larger part of a cold start. */
function validator(schema: Schema<unknown>, form: boolean): ValidateFunction {
  const cache = form ? compiledForForms : compiled;
  let validate = cache.get(schema);
  if (validate === undefined) {
    validate = (form ? coercing : strict).compile(schema);
    cache.set(schema, validate);
  }
  return validate;
}

/**
 * Checks one part of a request against the endpoint's schema.
 * @throws MISSING_PARAMETER or INVALID_PARAMETER in the numbering of the endpoint's family (auth-api §3, oauth-devices §1.9)
 */
export function validatePart(endpoint: Endpoint, part: Part, value: unknown, form = false): void {
  const schema = endpoint[part];
  if (schema === undefined) return;
  const validate = validator(schema, form);
  if (validate(value)) return;
  throw validationError(endpoint, part, validate.errors?.[0]);
}

function validationError(endpoint: Endpoint, part: Part, error: ErrorObject | undefined): ServiceError {
  const missing = error?.keyword === 'required' ? String(error.params['missingProperty']) : undefined;
  const key = missing ?? offendingKey(error);
  const validation = { source: SOURCES[part], keys: key === undefined ? [] : [key] };
  if (endpoint.family === 'oauth') return oauthError('INVALID_PARAMETER', { validation });
  if (endpoint.family === 'profile') return profileError('INVALID_PARAMETER', { validation });
  // A member missing inside a member is a bad member; only top-level ones are "missing" on the wire.
  if (missing !== undefined && error?.instancePath === '') return authError('MISSING_PARAMETER', { param: missing });
  return authError('INVALID_PARAMETER', { validation });
}

function offendingKey(error: ErrorObject | undefined): string | undefined {
  if (error === undefined) return undefined;
  if (error.instancePath !== '') return error.instancePath.split('/')[1];
  const extra: unknown = error.params['additionalProperty'];
  return typeof extra === 'string' ? extra : undefined;
}
