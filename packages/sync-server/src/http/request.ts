import type { FastifyRequest } from 'fastify';
import { WeaveError } from '../errors.js';
import { ID_PATTERN, MAX_IDS, MAX_ROWS } from '../limits.js';
import type { Preconditions, RecordQuery, Sort } from '../storage/index.js';
import { type Centiseconds, parseTimestamp } from '../timestamp.js';

/** The query of a request, decoded once. */
export function queryOf(request: FastifyRequest): URLSearchParams {
  const start = request.url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : request.url.slice(start + 1));
}

/**
 * Reads the conditions of a request (sync §4.3).
 * @throws WeaveError BAD_REQUEST when one is no time, or both are given
 */
export function preconditionsOf(request: FastifyRequest): Preconditions {
  const modifiedSince = timeHeader(request, 'x-if-modified-since');
  const unmodifiedSince = timeHeader(request, 'x-if-unmodified-since');
  if (modifiedSince !== undefined && unmodifiedSince !== undefined) throw new WeaveError('BAD_REQUEST');
  return { modifiedSince: request.method === 'GET' ? modifiedSince : undefined, unmodifiedSince };
}

function timeHeader(request: FastifyRequest, name: string): Centiseconds | undefined {
  const value = request.headers[name];
  if (value === undefined) return undefined;
  const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (time === undefined) throw new WeaveError('BAD_REQUEST');
  return time;
}

const SORTS: readonly Sort[] = ['newest', 'oldest', 'index'];

/**
 * Reads which records of a collection are asked for (sync §4.5). Parameters that nobody knows are ignored.
 * @throws WeaveError BAD_REQUEST
 */
export function recordQueryOf(query: URLSearchParams): RecordQuery {
  const sort = query.get('sort') ?? 'newest';
  if (!isSort(sort)) throw new WeaveError('BAD_REQUEST');
  return {
    ids: idsOf(query),
    newer: timeParameter(query, 'newer'),
    older: timeParameter(query, 'older'),
    sort,
    limit: countParameter(query, 'limit') ?? MAX_ROWS,
    offset: countParameter(query, 'offset') ?? 0,
  };
}

function isSort(text: string): text is Sort {
  return SORTS.includes(text as Sort);
}

/**
 * The ids that a request names, or undefined when it names none.
 * @throws WeaveError BAD_REQUEST when there are too many, or one could not be an id
 */
export function idsOf(query: URLSearchParams): string[] | undefined {
  const ids = query
    .get('ids')
    ?.split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (ids === undefined) return undefined;
  if (ids.length > MAX_IDS || !ids.every((id) => ID_PATTERN.test(id))) throw new WeaveError('BAD_REQUEST');
  return ids;
}

function timeParameter(query: URLSearchParams, name: string): Centiseconds | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const time = parseTimestamp(text);
  if (time === undefined) throw new WeaveError('BAD_REQUEST');
  return time;
}

function countParameter(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new WeaveError('BAD_REQUEST');
  return Number(text);
}
