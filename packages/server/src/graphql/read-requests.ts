import { authError } from '../errors.js';
import type { GraphqlRequest } from './engine.js';
import { LIMITS } from './limits.js';

/**
 * The operations of a body: one, or a list (graphql §3).
 * @throws MISSING_PARAMETER, INVALID_PARAMETER
 */
export function readRequests(body: unknown): readonly GraphqlRequest[] {
  const requests = Array.isArray(body) ? body : [body];
  if (requests.length === 0 || requests.length > LIMITS.batch) throw invalid();
  return requests.map(readRequest);
}

function readRequest(value: unknown): GraphqlRequest {
  if (typeof value !== 'object' || value === null) throw authError('MISSING_PARAMETER', { param: 'query' });
  const { query, operationName, variables } = value as Readonly<Record<keyof GraphqlRequest, unknown>>;
  if (query === undefined) throw authError('MISSING_PARAMETER', { param: 'query' });
  if (typeof query !== 'string') throw invalid('query');
  if (!isAbsent(operationName) && typeof operationName !== 'string') throw invalid('operationName');
  if (!isAbsent(variables) && !isObject(variables)) throw invalid('variables');
  return { query, operationName, variables };
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && !Array.isArray(value);
}

function invalid(...keys: readonly string[]) {
  return authError('INVALID_PARAMETER', { validation: { source: 'payload', keys } });
}
