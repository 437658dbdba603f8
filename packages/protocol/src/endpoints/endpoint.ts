import type { AuthErrorName } from '../errors/auth.js';
import type { OAuthErrorName } from '../errors/oauth.js';
import type { ProfileErrorName } from '../errors/profile.js';
import type { Infer, Schema } from './schema.js';

/** What a change of settings asks a second proof for (auth-api §6.14). */
export const MFA_ACTIONS = ['2fa', 'email', 'password', 'recovery_key'] as const;
export type MfaAction = (typeof MFA_ACTIONS)[number];

/** How a request may prove who sends it. A list is tried in order; `none` at its end makes proof optional. */
export type Authentication =
  | 'none'
  | 'sessionToken'
  | 'keyFetchToken'
  | 'passwordChangeToken'
  | 'passwordForgotToken'
  | 'accountResetToken'
  | 'refreshToken'
  | 'accessToken'
  | `mfa:${MfaAction}`;

/** Which error numbering and body rules a route follows (oauth-devices §0.2). */
export type Family = 'auth' | 'oauth' | 'profile';

export type ErrorName<F extends Family> = F extends 'auth'
  ? AuthErrorName
  : F extends 'oauth'
    ? OAuthErrorName
    : ProfileErrorName;

/** One route of the API, defined once: the server validates with it, clients are typed by it, OpenAPI comes from it. */
export interface Endpoint<
  A extends readonly Authentication[] = readonly Authentication[],
  P = unknown,
  Q = unknown,
  B = unknown,
  R = unknown,
> {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PATCH' | 'PUT';
  /** Path below the API root `/v1`; `{name}` marks a parameter. */
  readonly path: string;
  readonly family: Family;
  readonly summary: string;
  readonly authentication: A;
  readonly params?: Schema<P>;
  readonly query?: Schema<Q>;
  readonly body?: Schema<B>;
  /** The request must have a body, even an empty object, else errno 109 (auth-api §2.1). */
  readonly bodyRequired?: true;
  /** Members that are `null` count as absent: the Rust client writes its unset options so (oauth-devices §1.6). */
  readonly nullIsAbsent?: true;
  /** The body may also come as `application/x-www-form-urlencoded`. */
  readonly form?: true;
  /** The body is a file of one of these types and of at most so many bytes, not JSON. */
  readonly file?: { readonly types: readonly string[]; readonly maxBytes: number };
  readonly response: Schema<R>;
  /** Errors of this route besides those that every route can answer. */
  readonly errors: readonly string[];
}

interface Definition<
  F extends Family,
  A extends readonly Authentication[],
  P extends Schema<unknown>,
  Q extends Schema<unknown>,
  B extends Schema<unknown>,
  R extends Schema<unknown>,
> extends Omit<Endpoint<A>, 'family' | 'params' | 'query' | 'body' | 'response' | 'errors' | 'authentication'> {
  readonly family: F;
  readonly authentication: A;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response: R;
  readonly errors: readonly ErrorName<F>[];
}

/** Defines an endpoint, with its types inferred from its schemas. */
/* @__NO_SIDE_EFFECTS__ */
export function endpoint<
  F extends Family,
  const A extends readonly Authentication[],
  P extends Schema<unknown> = Schema<unknown>,
  Q extends Schema<unknown> = Schema<unknown>,
  B extends Schema<unknown> = Schema<unknown>,
  R extends Schema<unknown> = Schema<unknown>,
>(definition: Definition<F, A, P, Q, B, R>): Endpoint<A, Infer<P>, Infer<Q>, Infer<B>, Infer<R>> {
  return definition as Endpoint<A, Infer<P>, Infer<Q>, Infer<B>, Infer<R>>;
}

export type ParamsOf<E> = E extends Endpoint<infer _A, infer P, infer _Q, infer _B, infer _R> ? P : never;
export type QueryOf<E> = E extends Endpoint<infer _A, infer _P, infer Q, infer _B, infer _R> ? Q : never;
export type BodyOf<E> = E extends Endpoint<infer _A, infer _P, infer _Q, infer B, infer _R> ? B : never;
export type ResponseOf<E> = E extends Endpoint<infer _A, infer _P, infer _Q, infer _B, infer R> ? R : never;
export type AuthenticationOf<E> =
  E extends Endpoint<infer A, infer _P, infer _Q, infer _B, infer _R> ? A[number] : never;
