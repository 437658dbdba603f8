import type { Endpoint, Random, ResponseOf } from '@foxden/protocol';
import { type Answer, type NameOf, readAnswer } from './http/answer.js';
import { authorization } from './http/authorization.js';
import { withDeadline } from './http/deadline.js';
import { errorName } from './http/error-name.js';
import { type AnyRequest, type RequestArguments, requestUrl, type Token } from './http/request.js';

/** Milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

export interface AuthClientOptions {
  /** URL of the server without `/v1`: `https://accounts.example.org` */
  readonly baseUrl: string;
  /** The platform's `fetch` when left out. */
  readonly fetch?: typeof fetch;
  /** Read only where a server names a point of time to wait for. */
  readonly clock?: Clock;
  /** A cryptographic source; the platform's when left out. */
  readonly random?: Random;
  /** How long an answer may take, in milliseconds; 30 seconds when left out. */
  readonly timeout?: number;
}

/** A connection to one accounts server; what can be done with it are the functions of this package. */
export interface AuthClient {
  /**
   * Calls an endpoint by its definition and gives the JSON it answers.
   * @throws AuthClientError on every failure
   */
  call<E extends Endpoint>(endpoint: E, ...request: RequestArguments<E>): Promise<ResponseOf<E>>;
  /**
   * Calls an endpoint and gives its answer with the headers.
   * @throws AuthClientError on every failure
   */
  exchange<E extends Endpoint>(endpoint: E, ...request: RequestArguments<E>): Promise<Answer<ResponseOf<E>>>;
  /**
   * Sends a file, under its own type, to an endpoint that takes one.
   * @throws AuthClientError on every failure
   */
  upload<E extends Endpoint>(endpoint: E, token: Token, file: Blob, signal?: AbortSignal): Promise<ResponseOf<E>>;
  readonly random: Random;
}

/** A client of the server at `baseUrl`. It holds no state: tokens are arguments. */
export function createAuthClient(options: AuthClientOptions): AuthClient {
  return createBareClient(options, errorName);
}

/**
 * The same for who goes by status and errno: without `nameOf`, errors have no `errorName`, and the catalogue of errors need
 * not be loaded.
 */
export function createBareClient(options: AuthClientOptions, nameOf: NameOf = () => undefined): AuthClient {
  const { baseUrl, clock = Date, timeout = 30_000, random = platformRandom } = options;
  const perform = async <E extends Endpoint>(
    endpoint: E,
    request: AnyRequest,
    type: string,
    body: BodyInit,
  ): Promise<Answer<ResponseOf<E>>> => {
    const { token, signal, ifNoneMatch } = request;
    const headers = new Headers({ Accept: 'application/json' });
    if (token !== undefined) headers.set('Authorization', await authorization(token));
    if (ifNoneMatch !== undefined) headers.set('If-None-Match', ifNoneMatch);
    const init: RequestInit = { method: endpoint.method, headers };
    if (endpoint.method !== 'GET') {
      headers.set('Content-Type', type);
      init.body = body;
    }
    const url = requestUrl(baseUrl, endpoint, request);
    return withDeadline(timeout, signal, async (deadline) => {
      // Looked up at each call and called bare: browsers refuse a fetch that is bound to another object.
      const send = options.fetch ?? fetch;
      const response = await send(url, { ...init, signal: deadline });
      if (response.status === 304) return { headers: response.headers, body: undefined };
      const answer = await readAnswer(response, await response.text(), endpoint, { clock, nameOf });
      return { headers: response.headers, body: answer as ResponseOf<E> };
    });
  };
  const exchange = <E extends Endpoint>(endpoint: E, request: AnyRequest) =>
    perform(endpoint, request, 'application/json', JSON.stringify(request.body ?? {}));
  return {
    random,
    exchange: (endpoint, ...[request = {}]) => exchange(endpoint, request as AnyRequest),
    call: async <E extends Endpoint>(endpoint: E, ...[request = {}]: readonly [AnyRequest?] | RequestArguments<E>) =>
      (await exchange(endpoint, request as AnyRequest)).body as ResponseOf<E>,
    upload: async <E extends Endpoint>(endpoint: E, token: Token, file: Blob, signal?: AbortSignal) =>
      (await perform(endpoint, { token, signal }, file.type, file)).body as ResponseOf<E>,
  };
}

const platformRandom: Random = (length) => crypto.getRandomValues(new Uint8Array(length));
