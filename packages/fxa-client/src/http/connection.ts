import { type Answer, type AuthClient, type Clock, createBareClient, type Token } from '@foxden/auth-client';
import type { Endpoint, Random } from '@foxden/protocol';
import { pageUrl, type StoredConfig } from '../config/fxa-config.js';
import { asFxaError } from '../errors/as-fxa-error.js';
import { FxaError } from '../errors/fxa-error.js';
import type { Reader } from '../persistence/reading.js';
import { Backoff } from './backoff.js';
import {
  clientConfiguration,
  type Discovery,
  openidConfiguration,
  readClientConfiguration,
  readOpenidConfiguration,
} from './discovery.js';
import { requireSecure } from './secure-url.js';

/** What the library needs of its surroundings; each has the platform's own where left out. */
export interface Environment {
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  /** A cryptographic source. */
  readonly random?: Random;
  /** How long an answer may take, in milliseconds; 60 seconds when left out. */
  readonly timeout?: number;
  /** Whether a server that is not on this machine may be spoken to without TLS; it may not when left out. */
  readonly allowPlainHttp?: boolean;
}

interface Request {
  readonly body?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly token?: Token | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** Which part of the server an endpoint belongs to; the last two are where discovery says. */
export type Part = 'auth' | 'oauth' | 'introspection' | 'userinfo';

/** The server of an account: its addresses, and every request to it. */
export class Connection {
  readonly random: Random;
  readonly clock: Clock;
  /** Lets the next request fail as if nothing had answered (client §3.2). */
  failNext = false;
  private readonly environment: Environment;
  private readonly config: StoredConfig;
  private readonly backoff: Backoff;
  private found: Discovery | undefined;

  constructor(config: StoredConfig, environment: Environment) {
    this.config = config;
    this.environment = environment;
    this.clock = environment.clock ?? Date;
    this.random = environment.random ?? ((length) => crypto.getRandomValues(new Uint8Array(length)));
    this.backoff = new Backoff(this.clock);
  }

  /**
   * Where the parts of the server are; asked for once.
   * @throws FxaError
   */
  async discovery(): Promise<Discovery> {
    if (this.found !== undefined) return this.found;
    const configuration = await this.document(clientConfiguration, readClientConfiguration);
    const openid = await this.document(openidConfiguration, readOpenidConfiguration);
    this.found = { ...configuration, ...openid };
    return this.found;
  }

  /**
   * Sends a request and reads its answer.
   * @throws FxaError
   */
  async call<T>(part: Part, endpoint: Endpoint, request: Request, read: Reader<T>): Promise<T> {
    const { body } = await this.exchange(part, endpoint, request);
    return read(body, `the answer of ${endpoint.path}`);
  }

  /**
   * The same with the headers of the answer, which is not read yet.
   * @throws FxaError
   */
  async exchange(part: Part, endpoint: Endpoint, request: Request): Promise<Answer<unknown>> {
    const discovery = await this.discovery();
    const baseUrl = part === 'oauth' ? discovery.oauthServer : discovery.authServer;
    const url = {
      introspection: discovery.introspectionEndpoint,
      userinfo: discovery.userinfoEndpoint,
      auth: undefined,
      oauth: undefined,
    }[part];
    const address = url ?? `${baseUrl}${endpoint.path}`;
    this.backoff.check(address);
    if (this.failNext) {
      this.failNext = false;
      throw new FxaError('Network', 'A network error was simulated');
    }
    try {
      requireSecure(address, this.environment.allowPlainHttp === true);
      return await this.client(baseUrl).exchange(endpoint, { ...request, url });
    } catch (cause) {
      const error = asFxaError(cause);
      this.backoff.note(address, error);
      throw error;
    }
  }

  private async document<T>(endpoint: Endpoint, read: Reader<T>): Promise<T> {
    const url = pageUrl(this.config, endpoint.path.slice(1)).href;
    try {
      requireSecure(url, this.environment.allowPlainHttp === true);
      const { body } = await this.client(this.config.content_url).exchange(endpoint, { url });
      return read(body, endpoint.path);
    } catch (error) {
      throw asFxaError(error);
    }
  }

  private client(baseUrl: string): AuthClient {
    const { fetch, timeout = 60_000 } = this.environment;
    const { clock, random } = this;
    return createBareClient({ baseUrl, clock, random, timeout, ...(fetch !== undefined && { fetch }) });
  }
}
