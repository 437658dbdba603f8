import type {
  Authentication,
  AuthenticationOf,
  BodyOf,
  Endpoint,
  MfaAction,
  ParamsOf,
  QueryOf,
  ResponseOf,
} from '@foxden/protocol';
import type { Caller, Context } from '../context.js';
import type {
  AccountResetToken,
  KeyFetchToken,
  PasswordChangeToken,
  PasswordForgotToken,
} from '../credentials/index.js';
import type { AccessToken, RefreshTokenHolder } from '../oauth/index.js';
import type { Session } from '../sessions/index.js';

/** What each way to authenticate gives the handler. A step-up token speaks for the session that it was given to. */
export interface CredentialTypes extends Record<`mfa:${MfaAction}`, Session> {
  none: undefined;
  sessionToken: Session;
  keyFetchToken: KeyFetchToken;
  passwordChangeToken: PasswordChangeToken;
  passwordForgotToken: PasswordForgotToken;
  accountResetToken: AccountResetToken;
  refreshToken: RefreshTokenHolder;
  accessToken: AccessToken;
}

/** A validated request: `credentials` is typed by what the endpoint accepts. */
export interface ApiRequest<E> {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  readonly credentials: CredentialTypes[AuthenticationOf<E>];
  readonly caller: Caller;
  /** Request headers, lower-case names; only for what is defined in terms of headers (Basic, If-None-Match). */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** An answer that is more than 200 and a body: what a handler gives where its headers or status depend on the request. */
export class Answer<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** undefined for a status without a body: 204, 304. */
  readonly body: T | undefined;

  constructor(status: number, headers: Readonly<Record<string, string>>, body?: T) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

export interface RouteOptions {
  /** Rate-limit actions counted before the work, with the caller's address, the session's uid and the body's email. */
  readonly limit?: string | readonly string[];
  /** Rate-limit actions counted when the operation throws the error of that name. */
  readonly limitFailed?: Readonly<Record<string, string>>;
  /** Extra answer headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An endpoint with the operation that answers it. Domains export lists of these; the HTTP layer mounts them. */
export interface Route {
  readonly endpoint: Endpoint<readonly Authentication[]>;
  readonly options: RouteOptions;
  readonly handle: (context: Context, request: ApiRequest<never>) => Promise<unknown>;
}

/** Ties an endpoint of the protocol to its handler, with the types of both checked against each other. */
export function route<E extends Endpoint>(
  endpoint: E,
  handle: (context: Context, request: ApiRequest<E>) => Promise<ResponseOf<E> | Answer<ResponseOf<E>>>,
  options: RouteOptions = {},
): Route {
  return { endpoint, handle: handle as Route['handle'], options };
}
