import type { FastifyRequest } from 'fastify';
import type { Preconditions, StorageContext } from '../storage/index.js';
import type { Answer } from './answer.js';
import { preconditionsOf, queryOf } from './request.js';

/** A request to the storage, read as far as every route needs it. */
export interface StorageRequest {
  readonly context: StorageContext;
  readonly uid: number;
  /** Of the path; empty where it names none. */
  readonly collection: string;
  readonly id: string;
  readonly query: URLSearchParams;
  readonly preconditions: Preconditions;
  readonly headers: FastifyRequest['headers'];
  readonly body: Buffer;
}

export type StorageHandler = (request: StorageRequest) => Promise<Answer>;

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** A path of the storage below `/1.5/<uid>` and what its methods do. */
export interface StorageRoute {
  readonly path: string;
  readonly methods: Readonly<Partial<Record<Method, StorageHandler>>>;
}

/**
 * Reads what every route needs.
 * @throws WeaveError BAD_REQUEST
 */
export function storageRequest(context: StorageContext, uid: number, request: FastifyRequest): StorageRequest {
  const { collection = '', id = '' } = request.params as { collection?: string; id?: string };
  return {
    context,
    uid,
    collection,
    id,
    query: queryOf(request),
    preconditions: preconditionsOf(request),
    headers: request.headers,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
}
