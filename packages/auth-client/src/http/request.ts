import type { Authentication, AuthenticationOf, BodyOf, Endpoint, ParamsOf, QueryOf } from '@foxden/protocol';

type Nothing = Record<never, never>;

/** A member that is required when its schema has required members, and absent when the endpoint has no such schema. */
type Part<K extends string, T> = unknown extends T
  ? Nothing
  : Nothing extends T
    ? { readonly [P in K]?: T | undefined }
    : { readonly [P in K]: T };

type Proof = Exclude<Authentication, 'none'>;

/** One token under the name of its kind, as the server handed it out: `{ sessionToken: '…' }`. */
export type Token<K extends Proof = Proof> = { [P in K]: { readonly [Q in P]: string } }[K];

type TokenPart<A extends Authentication> = [A & Proof] extends [never]
  ? Nothing
  : 'none' extends A
    ? { readonly token?: Token<A & Proof> | undefined }
    : { readonly token: Token<A & Proof> };

/** What a call of an endpoint sends, by the endpoint's definition. */
export type RequestOf<E extends Endpoint> = Part<'params', ParamsOf<E>> &
  Part<'query', QueryOf<E>> &
  Part<'body', BodyOf<E>> &
  TokenPart<AuthenticationOf<E>> &
  Delivery;

/** How a call travels. */
interface Delivery {
  readonly signal?: AbortSignal | undefined;
  /** Where the server's discovery documents put the endpoint, if not below the API root. */
  readonly url?: string | undefined;
  /** `ETag` of what the caller has already. */
  readonly ifNoneMatch?: string | undefined;
}

/** The request may be left out when nothing in it is required. */
export type RequestArguments<E extends Endpoint> =
  Nothing extends RequestOf<E> ? [request?: RequestOf<E>] : [request: RequestOf<E>];

/** Any request, as the code that sends it sees it. */
export interface AnyRequest extends Delivery {
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly token?: Token | undefined;
}

/**
 * The URL of a call: the API root is `/v1` below the base URL (auth-api §0).
 * @throws TypeError when a parameter of the path is missing
 */
export function requestUrl(baseUrl: string, endpoint: Endpoint, request: AnyRequest): string {
  if (request.url !== undefined) return request.url;
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = request.params?.[name];
    if (value === undefined) throw new TypeError(`${endpoint.path} needs the parameter ${name}`);
    return encodeURIComponent(String(value));
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const search = query.size === 0 ? '' : `?${query}`;
  return `${baseUrl.replace(/\/+$/, '')}/v1${path}${search}`;
}
