import {
  type BodyOf,
  deriveToken,
  type Endpoint,
  hexToBytes,
  type ParamsOf,
  type QueryOf,
  type ResponseOf,
  type TokenKind,
} from '@foxden/protocol';
import type { Caller, Context } from '../context.js';
import { authError } from '../errors.js';
import type { Authenticators } from '../http/authenticate.js';
import { perform } from '../http/perform.js';
import { Answer, type CredentialTypes, type Route } from '../http/route.js';
import type { Session } from '../sessions/index.js';
import type { Bytes } from '../storage/index.js';
import { hashTokenId } from '../tokens/index.js';
import { type Guard, guardSession, isGoodToken, LEVELS, type Level } from './guards.js';

/** The routes that resolvers call, and how tokens are found. */
export interface Twins {
  readonly context: Context;
  readonly routes: ReadonlyMap<Endpoint, Route>;
  readonly authenticators: Authenticators;
}

/** Which parts a REST request would have. */
export interface Parts<E> {
  readonly params?: ParamsOf<E> | undefined;
  readonly query?: QueryOf<E> | undefined;
  readonly body?: BodyOf<E> | undefined;
}

/** One HTTP request to the GraphQL API: who sent it, and the way to the routes that answer for it. */
export class Gateway {
  readonly #twins: Twins;
  readonly caller: Caller;
  readonly #authorization: string | undefined;
  readonly #hashes = new Map<string, Promise<Bytes>>();

  constructor(twins: Twins, caller: Caller, authorization: string | undefined) {
    this.#twins = twins;
    this.caller = caller;
    this.#authorization = authorization;
  }

  /**
   * The session that the request speaks for. Asked anew by every operation: one before it may have ended the session.
   * @throws Refusal; UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, INSUFFICIENT_AAL
   */
  async session(guard: Exclude<Guard, 'none'>, level: Level): Promise<Session> {
    const session = await guardSession((token) => this.token('sessionToken', token), this.#authorization, guard);
    LEVELS[level](session);
    return session;
  }

  /** Whether a session token (hex) passes the guard `auth`. */
  isGoodToken(token: string): Promise<boolean> {
    return isGoodToken((text) => this.token('sessionToken', text), token);
  }

  /** What a token (hex, as the server handed it out) stands for; undefined for text that is none. */
  async token<K extends TokenKind>(kind: K, token: string): Promise<CredentialTypes[K] | undefined> {
    if (!/^[a-fA-F0-9]{64}$/.test(token)) return undefined;
    const { context, authenticators } = this.#twins;
    const find: {
      readonly [T in TokenKind]: (context: Context, tokenHash: Bytes) => Promise<CredentialTypes[T] | undefined>;
    } = authenticators;
    return find[kind](context, await this.#hash(kind, token));
  }

  /**
   * The session that a step-up token was given to, which has to be the one of the request.
   * @throws INVALID_MFA_TOKEN
   */
  async stepUp(session: Session, jwt: string): Promise<Session> {
    const { context, authenticators } = this.#twins;
    const steppedUp = await authenticators.mfa(context, jwt, 'mfa:email');
    if (Buffer.compare(steppedUp.tokenHash, session.tokenHash) !== 0) throw authError('INVALID_MFA_TOKEN');
    return steppedUp;
  }

  /** Counts an operation against the limits that it has beside those of its REST twin. */
  async limit(action: string, session: Session): Promise<void> {
    const { uid, email } = session;
    await this.#twins.context.limits.check(action, { ip: this.caller.address, uid, email });
  }

  /**
   * What the REST route of an endpoint answers to somebody who is known.
   * @throws what the route answers with
   */
  async call<E extends Endpoint>(
    endpoint: E,
    credentials: CredentialTypes[keyof CredentialTypes],
    parts: Parts<E> = {},
  ): Promise<ResponseOf<E>> {
    const { context, routes } = this.#twins;
    const route = routes.get(endpoint);
    if (route === undefined) throw new Error(`${endpoint.path} is not a route of this server`);
    const { params = {}, query = {}, body = {} } = parts;
    const result = await perform(context, route, {
      params,
      query,
      body,
      isForm: false,
      credentials,
      caller: this.caller,
      headers: {},
    });
    return (result instanceof Answer ? result.body : result) as ResponseOf<E>;
  }

  /** The stored form of a token, which operations of one request ask for again and again. */
  #hash(kind: TokenKind, token: string): Promise<Bytes> {
    const key = `${kind} ${token}`;
    const known = this.#hashes.get(key);
    if (known !== undefined) return known;
    const hash = deriveToken(kind, hexToBytes(token.toLowerCase())).then(({ tokenId }) => hashTokenId(tokenId));
    this.#hashes.set(key, hash);
    return hash;
  }
}
