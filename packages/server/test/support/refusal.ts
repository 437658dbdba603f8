import { createHash } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { serialize } from 'node:v8';
import {
  deriveToken,
  type Endpoint,
  hexToBytes,
  type MfaAction,
  oauthEndpoints,
  passwordChangeStart,
  SCOPE_OLDSYNC,
  type TokenKind,
} from '@foxden/protocol';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { NOBODY } from '../../src/security/index.js';
import { stepUpToken } from './authenticator.js';
import type { Holdings } from './bad-credentials.js';
import type { WireRequest } from './bad-input.js';
import { documentedErrors } from './documented-errors.js';
import { beginReset, resetTokenFor } from './passwords.js';
import { authPWOf, signIn, signUp } from './person.js';
import { startTestServer, type TestServer } from './test-server.js';

/** A server with one person on it, and what is needed to see that a request was refused as it should be. */
export interface Refuser {
  readonly holdings: Holdings;
  /** Sends a request; throws unless the answer is a documented refusal and nothing but the answer came of it. */
  expectRefusal(endpoint: Endpoint, request: WireRequest): Promise<void>;
  close(): Promise<void>;
}

const PERSON = 'holder@example.com';
/** The client of the account pages: gets an opaque token for a session, without a code. */
const PAGES_CLIENT = 'ea3ca969f8c6bb0d';
const FENIX = 'a2270f727f45f648';

export async function startRefuser(): Promise<Refuser> {
  const server = await startTestServer();
  const holdings = await signInEverywhere(server);
  // A new server is still making its first signing key.
  await server.server.context.signingKeys.published();
  await server.server.context.mail.runOnce();
  await server.server.context.push.runOnce();
  const agent = new Agent({ keepAlive: true });
  const contents = await tableDigests(server);
  let before = await contents();
  return {
    holdings,
    async expectRefusal(endpoint, request) {
      const logged = server.log.length;
      const answer = await send(server.url, agent, request);
      const after = await contents();
      try {
        expectDocumented(endpoint, answer);
        expect(server.log.slice(logged).filter(isError), 'log lines of level error').toEqual([]);
        expect(after, 'digests of the tables').toEqual(before);
      } finally {
        before = after;
      }
    },
    async close() {
      agent.destroy();
      await server.close();
    },
  };
}

async function signInEverywhere(server: TestServer): Promise<Holdings> {
  await signUp(server, PERSON);
  const { sessionToken, keyFetchToken } = await signIn(server, PERSON, { keys: true });
  const token = ['sessionToken', sessionToken] as const;
  const { passwordChangeToken } = await server.ok(passwordChangeStart, {
    token,
    body: { email: PERSON, oldAuthPW: await authPWOf(PERSON) },
  });
  const { access_token } = await server.ok(oauthEndpoints.oauthToken, {
    token,
    body: { client_id: PAGES_CLIENT, grant_type: 'fxa-credentials', scope: 'profile' },
  });
  const accountResetToken = await resetTokenFor(server, PERSON);
  const forgot = await beginReset(server, PERSON);
  const mfa = async (action: MfaAction) => stepUpToken(server, PERSON, sessionToken, action);
  const { refresh_token } = await server.ok(oauthEndpoints.oauthToken, {
    token,
    body: { client_id: FENIX, grant_type: 'fxa-credentials', scope: SCOPE_OLDSYNC, access_type: 'offline' },
  });
  return {
    sessionToken: await tokenIdOf('sessionToken', sessionToken),
    keyFetchToken: await tokenIdOf('keyFetchToken', keyFetchToken ?? ''),
    passwordChangeToken: await tokenIdOf('passwordChangeToken', passwordChangeToken),
    passwordForgotToken: await tokenIdOf('passwordForgotToken', forgot.token),
    accountResetToken: await tokenIdOf('accountResetToken', accountResetToken),
    refreshToken: refresh_token ?? '',
    accessToken: access_token,
    'mfa:2fa': await mfa('2fa'),
    'mfa:email': await mfa('email'),
    'mfa:password': await mfa('password'),
    'mfa:recovery_key': await mfa('recovery_key'),
  };
}

async function tokenIdOf(kind: TokenKind, token: string): Promise<string> {
  return (await deriveToken(kind, hexToBytes(token))).tokenId;
}

interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends what `fetch` would refuse to: any path and header that HTTP allows. */
function send(url: string, agent: Agent, { method, path, headers, body, encoding }: WireRequest): Promise<WireAnswer> {
  const { hostname, port } = new URL(url);
  const bytes = body === undefined ? undefined : Buffer.from(body, encoding);
  return new Promise((resolve, reject) => {
    const length = bytes === undefined ? {} : { 'content-length': bytes.length };
    const request = httpRequest({ hostname, port, agent, method, path, headers: { ...headers, ...length } });
    request.on('error', reject);
    request.on('response', (response) => {
      text(response).then(
        (content) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: content }),
        reject,
      );
    });
    request.end(bytes);
  });
}

function expectDocumented(endpoint: Endpoint, { status, headers, text: content }: WireAnswer): void {
  expect(headers['content-type']).toMatch(/^application\/json(;|$)/);
  const body: unknown = JSON.parse(content);
  expect(body).toMatchObject({ code: status, error: expect.any(String), info: expect.any(String) });
  const { errno, message } = body as { errno: unknown; message: unknown };
  const documented = documentedErrors(endpoint).map((error) => [error.status, error.errno, error.message]);
  expect(documented, `errors of ${endpoint.method} ${endpoint.path}`).toContainEqual([status, errno, message]);
  expect(status).toSatisfy((number: number) => number >= 400 && number < 500);
  expect(headers['timestamp']).toMatch(/^\d+$/);
  if (status === 401) expect(headers['www-authenticate']).toBeDefined();
  if (status === 405) expect(headers['allow']).toBeDefined();
}

function isError(line: string): boolean {
  return line.includes('"level":"error"');
}

/**
 * Reads digests of all tables but the counters of the rate limiter, so that a test can say which one changed. The events
 * of nobody are left out: a refused sign-in writes them to do the work of any other. Digests are made anew only when
 * SQLite says that a statement wrote, undone or not.
 */
async function tableDigests({ server }: TestServer): Promise<() => Promise<Readonly<Record<string, string>>>> {
  const { db } = server.context.storage;
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db);
  const tables = rows.filter(({ name }) => name !== 'limits');
  const ofSomebody = sql`where uid != ${Buffer.from(NOBODY, 'hex')}`;
  const queries = tables.map(({ name }) => {
    const rows = name === 'securityEvents' ? ofSomebody : sql``;
    return [name, sql`select * from ${sql.table(name)} ${rows}`.compile(db)] as const;
  });
  const countWrites = sql<{ writes: number }>`select total_changes() as writes`.compile(db);
  let writes: number | undefined;
  let digests: Record<string, string> = {};
  return async () => {
    const [counted] = (await db.executeQuery(countWrites)).rows;
    if (counted?.writes === writes) return digests;
    writes = counted?.writes;
    digests = {};
    for (const [name, query] of queries) {
      const table = await db.executeQuery(query);
      digests[name] = createHash('sha256').update(serialize(table.rows)).digest('hex');
    }
    return digests;
  };
}
