import type { Endpoint, Random, ResponseOf } from '@foxden/protocol';
import { readAnswer } from './http/answer.js';
import { authorization } from './http/authorization.js';
import { withDeadline } from './http/deadline.js';
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
   * Sends a file, under its own type, to an endpoint that takes one.
   * @throws AuthClientError on every failure
   */
  upload<E extends Endpoint>(endpoint: E, token: Token, file: Blob, signal?: AbortSignal): Promise<ResponseOf<E>>;
  readonly random: Random;
}

/** A client of the server at `baseUrl`. It holds no state: tokens are arguments. */
export function createAuthClient(options: AuthClientOptions): AuthClient {
  const { baseUrl, clock = Date, timeout = 30_000, random = platformRandom } = options;

  async function send<E extends Endpoint>(endpoint: E, request: AnyRequest, type: string, body: BodyInit) {
    const { token, signal } = request;
    const headers = new Headers({ Accept: 'application/json' });
    if (token !== undefined) headers.set('Authorization', await authorization(token));
    const init: RequestInit = { method: endpoint.method, headers };
    if (endpoint.method !== 'GET') {
      headers.set('Content-Type', type);
      init.body = body;
    }
    const url = requestUrl(baseUrl, endpoint, request);
    return withDeadline(timeout, signal, async (deadline) => {
      // Looked up at each call and called bare: browsers refuse a fetch that is bound to another object.
      const perform = options.fetch ?? fetch;
      const response = await perform(url, { ...init, signal: deadline });
      return (await readAnswer(response, await response.text(), endpoint, clock)) as ResponseOf<E>;
    });
  }

  return {
    random,
    call<E extends Endpoint>(endpoint: E, ...[request = {}]: readonly [AnyRequest?] | RequestArguments<E>) {
      const { body } = request as AnyRequest;
      return send(endpoint, request as AnyRequest, 'application/json', JSON.stringify(body ?? {}));
    },
    upload: (endpoint, token, file, signal) => send(endpoint, { token, signal }, file.type, file),
  };
}

const platformRandom: Random = (length) => crypto.getRandomValues(new Uint8Array(length));
