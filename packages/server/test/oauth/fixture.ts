import { createHash, randomUUID } from 'node:crypto';
import { type BodyOf, createCodeChallenge, type oauthEndpoints } from '@foxden/protocol';
import { createConfig } from '../../src/config/index.js';
import type { Caller, Context, Random } from '../../src/context.js';
import { ServiceError } from '../../src/errors.js';
import { authorize } from '../../src/oauth/authorize.js';
import { type ClientDefinition, toClient } from '../../src/oauth/client-definition.js';
import { forgetClients } from '../../src/oauth/find-client.js';
import { createSigningKeys, registerClients, type SigningKeys } from '../../src/oauth/index.js';
import { registerScopes } from '../../src/oauth/manage-clients.js';
import { putClient } from '../../src/oauth/store/clients.js';
import { exchangeWithoutSession, exchangeWithSession } from '../../src/oauth/token.js';
import { hashToken } from '../../src/oauth/token-hash.js';
import { findSession, prepareSession, type Session } from '../../src/sessions/index.js';
import { fromHex, toHex } from '../../src/storage/hex.js';
import { openStorage, type Storage } from '../../src/storage/index.js';
import { type TestClock, testClock } from '../support/test-server.js';

export const PUBLIC_URL = 'https://accounts.example.com';
export const REDIRECT = 'https://app.example.com/callback';
export const SECRET = 'c0'.repeat(32);
export const VERIFIER = 'verifier-of-forty-three-characters-or-more-0';
export const CALLER: Caller = { requestId: 'test', address: '192.0.2.1', userAgent: 'test', acceptLanguage: undefined };

export const FIREFOX = '5882386c6d801776';
export const FENIX = 'a2270f727f45f648';
export const THUNDERBIRD = '8269bacd7bbc7f80';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

type AuthorizationBody = BodyOf<typeof oauthEndpoints.oauthAuthorization>;
type TokenBody = BodyOf<typeof oauthEndpoints.oauthToken>;

interface PersonOptions {
  readonly tokenVerified?: boolean;
  readonly mustVerify?: boolean;
  readonly emailVerified?: boolean;
  /** Number of auth-api §5.1. */
  readonly verificationMethod?: number;
}

/** The operations of oauth/ on an open database, with a clock that stands still and chance that repeats. */
export interface Fixture {
  readonly context: Context;
  readonly clock: TestClock;
  /** A new account with a session. */
  person(options?: PersonOptions): Promise<Session>;
  /** Registers a client; trusted, and with {@link SECRET} unless public. */
  client(definition?: Partial<ClientDefinition>): Promise<string>;
  authorize(session: Session, body: Partial<AuthorizationBody>): ReturnType<typeof authorize>;
  /** A code of a trusted client without PKCE. */
  code(session: Session, body?: Partial<AuthorizationBody>): Promise<{ clientId: string; code: string }>;
  /** POST /token with the members of a body; {@link SECRET} is left to the caller. */
  token(body: TokenBody): ReturnType<typeof exchangeWithoutSession>;
  /** POST /oauth/token */
  oauthToken(body: TokenBody, session?: Session): ReturnType<typeof exchangeWithSession>;
  close(): Promise<void>;
}

export async function createFixture(databaseUrl = 'sqlite::memory:'): Promise<Fixture> {
  const storage = await openStorage(databaseUrl);
  const clock = testClock();
  const context = createContext(storage, clock);
  await registerClients(context);

  const self: Fixture = {
    context,
    clock,
    person: (options) => createPerson(context, options),
    async client(definition = {}) {
      const id = definition.id ?? toHex(context.random.bytes(8));
      const complete: ClientDefinition = {
        id,
        name: 'An application',
        redirectUris: [REDIRECT],
        trusted: true,
        ...(definition.publicClient !== true && { hashedSecret: toHex(hashToken(SECRET)) }),
        ...definition,
      };
      await registerScopes(storage.db, complete);
      await putClient(storage.db, toClient(complete), 'operator', clock.now());
      forgetClients(storage);
      return id;
    },
    authorize: (session, body) => authorize(context, session, { client_id: FENIX, state: 'a state', ...body }),
    async code(session, body = {}) {
      const clientId = body.client_id ?? (await self.client());
      const { code } = await self.authorize(session, { scope: 'profile', ...body, client_id: clientId });
      return { clientId, code };
    },
    token: (body) =>
      exchangeWithoutSession(context, body.grant_type, { ...request(body), sessionMember: 'session_token_id' }),
    oauthToken: (body, session) =>
      exchangeWithSession(context, body.grant_type, { ...request(body), session, sessionMember: 'session_token' }),
    close: () => storage.close(),
  };
  return self;
}

function request(body: TokenBody) {
  const credentials = { clientId: body.client_id, clientSecret: body.client_secret };
  return { body, credentials, session: undefined, caller: CALLER };
}

/** Has what oauth/ uses. Keys are made when first asked for, as most tests sign nothing. */
function createContext(storage: Storage, clock: TestClock): Context {
  let signingKeys: SigningKeys | undefined;
  const context = {
    config: createConfig({ publicUrl: PUBLIC_URL, dataDir: `/nowhere-${randomUUID()}` }),
    clock,
    random: repeatingRandom(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    storage,
    secret: new Uint8Array(32).fill(9),
    mail: { post: async () => undefined },
    notifications: { post: async () => undefined, wake: () => undefined },
    push: { post: async () => undefined, wake: () => undefined },
    get signingKeys() {
      signingKeys ??= createSigningKeys(context);
      return signingKeys;
    },
  };
  return context as unknown as Context;
}

/** Bytes that look random and are the same in every run. */
export function repeatingRandom(seed = 'seed'): Random {
  let count = 0;
  return {
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let offset = 0; offset < length; offset += 32) {
        count += 1;
        const block = createHash('sha256').update(`${seed} ${count}`).digest();
        bytes.set(block.subarray(0, Math.min(32, length - offset)), offset);
      }
      return bytes;
    },
  };
}

async function createPerson(context: Context, options: PersonOptions = {}): Promise<Session> {
  const { db } = context.storage;
  const now = context.clock.now();
  const uid = context.random.bytes(16);
  const email = `${toHex(uid)}@example.com`;
  const key = new Uint8Array(32);
  await db
    .insertInto('accounts')
    .values({
      uid,
      email,
      normalizedEmail: email,
      kA: key,
      wrapWrapKb: key,
      wrapWrapKbVersion2: null,
      authSalt: key,
      clientSalt: null,
      verifyHash: key,
      verifyHashVersion2: null,
      verifierVersion: 2,
      verifierSetAt: now,
      keysChangedAt: now,
      profileChangedAt: now,
      metricsOptOutAt: null,
      lockedAt: null,
      disabledAt: null,
      locale: 'de-AT',
      createdAt: now,
    })
    .execute();
  await db
    .insertInto('emails')
    .values({
      uid,
      email,
      normalizedEmail: email,
      isPrimary: 1,
      isVerified: options.emailVerified === false ? 0 : 1,
      emailCode: context.random.bytes(16),
      verifiedAt: null,
      createdAt: now,
    })
    .execute();
  const isVerified = options.tokenVerified !== false;
  const pending = await prepareSession(context, CALLER, toHex(uid), {
    createdAt: now,
    authAt: now,
    tokenVerificationId: isVerified ? null : context.random.bytes(16),
    mustVerify: options.mustVerify === true,
    verificationMethod: isVerified ? (options.verificationMethod ?? 1) : null,
    verifiedAt: isVerified ? now : null,
  });
  await pending.insert(db);
  const session = await findSession(db, pending.row.tokenHash);
  if (session === undefined) throw new Error('the session was not stored');
  return session;
}

export async function pkce(): Promise<{ code_challenge: string; code_challenge_method: 'S256' }> {
  return { code_challenge: await createCodeChallenge(VERIFIER), code_challenge_method: 'S256' };
}

/** Name of the catalogue error that work ends in; fails when it ends in anything else. */
export async function refusal(work: Promise<unknown> | (() => unknown)): Promise<string> {
  return (await refusalOf(work)).definition.name;
}

export async function refusalOf(work: Promise<unknown> | (() => unknown)): Promise<ServiceError> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** Claims of a JWT that is not checked. */
export function claimsOf(jwt: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt?.split('.')[1] ?? '', 'base64url').toString());
}

export function headerOf(jwt: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt?.split('.')[0] ?? '', 'base64url').toString());
}

/** Bytes that a test holds against a stored column. */
export const tokenId = (token: string | undefined): string => toHex(hashToken(token ?? ''));
export { fromHex, toHex };
