import { type Endpoint, type ResponseOf, SCOPE_PROFILE, SCOPE_PROFILE_WRITE } from '@foxden/protocol';
import type { CredentialTypes } from '../http/route.js';
import { type AccessToken, SETTINGS_CLIENT } from '../oauth/index.js';
import type { Session } from '../sessions/index.js';
import type { Gateway, Parts } from './gateway.js';
import type { Guard, Level } from './guards.js';

/** A field of `Query` or `Mutation`: who may ask, and the REST routes whose work it is. */
export interface Operation {
  readonly guard: Guard;
  /** What the session must be beyond the guard. */
  readonly level: Level;
  readonly twins: readonly Endpoint[];
  readonly resolve: (gateway: Gateway, args: never) => Promise<unknown>;
}

/** Arguments of operations that have an input: an object, or a single text. */
interface Args<I> {
  readonly input: I;
}

/** How an input becomes a request for the twin, and the twin's answer becomes the payload. */
interface Translation<E extends Endpoint, I> {
  readonly parts?: (input: I) => Parts<E> | Promise<Parts<E>>;
  readonly payload?: (answer: ResponseOf<E>, input: I) => object | Promise<object>;
}

interface Access {
  readonly guard?: Exclude<Guard, 'none'>;
  readonly level?: Level;
  /** A rate-limit action beside those of the twin (graphql §3.1). */
  readonly limit?: string;
  /** Whom the twin knows in place of the session. */
  readonly as?: (session: Session) => CredentialTypes[keyof CredentialTypes];
}

/** An operation of the session that the request carries. */
export function bySession<E extends Endpoint, I = object>(
  endpoint: E,
  { guard = 'auth', level = 'session', limit, as = (session) => session, ...translation }: Access & Translation<E, I>,
): Operation {
  return {
    guard,
    level,
    twins: [endpoint],
    async resolve(gateway: Gateway, { input }: Args<I>) {
      const session = await gateway.session(guard, level);
      if (limit !== undefined) await gateway.limit(limit, session);
      return run(gateway, endpoint, as(session), input, translation);
    },
  };
}

/** A change of addresses: where the input has a step-up token, the twin for such tokens answers. */
export function byStepUp<E extends Endpoint, I extends { readonly jwt?: string }>(
  plain: E,
  steppedUp: Endpoint,
  translation: Translation<E, I>,
): Operation {
  return {
    guard: 'auth',
    level: 'verified',
    twins: [plain, steppedUp],
    async resolve(gateway: Gateway, { input }: Args<I>) {
      const session = await gateway.session('auth', 'verified');
      if (input.jwt === undefined) return run(gateway, plain, session, input, translation);
      const credentials = await gateway.stepUp(session, input.jwt);
      // The two differ in how they authenticate, and that is done.
      return run(gateway, steppedUp as E, credentials, input, translation);
    },
  };
}

/** An operation whose proof, if it wants one, is in its input. */
export function byInput<E extends Endpoint, I>(
  endpoint: E,
  {
    proof = async () => undefined,
    ...translation
  }: Translation<E, I> & {
    /** @throws when what the input holds proves nothing */
    readonly proof?: (gateway: Gateway, input: I) => Promise<CredentialTypes[keyof CredentialTypes]>;
  },
): Operation {
  return {
    guard: 'none',
    level: 'session',
    twins: [endpoint],
    async resolve(gateway: Gateway, { input }: Args<I>) {
      return run(gateway, endpoint, await proof(gateway, input), input, translation);
    },
  };
}

async function run<E extends Endpoint, I>(
  gateway: Gateway,
  endpoint: E,
  credentials: CredentialTypes[keyof CredentialTypes],
  input: I,
  { parts = () => ({}), payload = () => ({}) }: Translation<E, I>,
): Promise<object> {
  const answer = await gateway.call(endpoint, credentials, await parts(input));
  return { clientMutationId: clientMutationId(input), ...(await payload(answer, input)) };
}

function clientMutationId(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'clientMutationId' in input
    ? input.clientMutationId
    : undefined;
}

/** What a session may do with the profile, as the access token that the settings page would get for it. */
export function asSettings({ uid }: Session): AccessToken {
  const scope = `${SCOPE_PROFILE} ${SCOPE_PROFILE_WRITE}`;
  return { uid, tokenId: '', clientId: SETTINGS_CLIENT, scope, createdAt: 0, expiresAt: 0 };
}
