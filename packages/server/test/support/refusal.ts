import { createHash } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { serialize } from 'node:v8';
import {
  AUTH_ERRORS,
  deriveToken,
  type Endpoint,
  type ErrorDefinition,
  type Family,
  hexToBytes,
  OAUTH_ERRORS,
  oauthEndpoints,
  PROFILE_ERRORS,
  passwordChangeStart,
  SCOPE_OLDSYNC,
  type TokenKind,
} from '@foxden/protocol';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Holdings } from './bad-credentials.js';
import type { WireRequest } from './bad-input.js';
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
  await server.server.context.mail.runOnce();
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
  const { refresh_token } = await server.ok(oauthEndpoints.oauthToken, {
    token,
    body: { client_id: FENIX, grant_type: 'fxa-credentials', scope: SCOPE_OLDSYNC, access_type: 'offline' },
  });
  return {
    sessionToken: await tokenIdOf('sessionToken', sessionToken),
    keyFetchToken: await tokenIdOf('keyFetchToken', keyFetchToken ?? ''),
    passwordChangeToken: await tokenIdOf('passwordChangeToken', passwordChangeToken),
    refreshToken: refresh_token ?? '',
    accessToken: access_token,
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
  const documented = [...ownErrors(endpoint), ...commonErrors(endpoint)].map((error) => [
    error.status,
    error.errno,
    error.message,
  ]);
  expect(documented, `errors of ${endpoint.method} ${endpoint.path}`).toContainEqual([status, errno, message]);
  expect(status).toSatisfy((number: number) => number >= 400 && number < 500);
  expect(headers['timestamp']).toMatch(/^\d+$/);
  if (status === 401) expect(headers['www-authenticate']).toBeDefined();
  if (status === 405) expect(headers['allow']).toBeDefined();
}

const TABLES: Readonly<Record<Family, Readonly<Record<string, ErrorDefinition>>>> = {
  auth: AUTH_ERRORS,
  oauth: OAUTH_ERRORS,
  profile: PROFILE_ERRORS,
};

function ownErrors({ family, errors }: Endpoint): ErrorDefinition[] {
  return errors.flatMap((name) => TABLES[family][name] ?? []);
}

/** Answers to a path or method beside the right one, to a path that cannot be decoded, and to more than Node reads. */
const OF_NO_ROUTE = [
  AUTH_ERRORS.INVALID_PARAMETER,
  AUTH_ERRORS.ENDPOINT_GONE,
  AUTH_ERRORS.NOT_FOUND,
  AUTH_ERRORS.METHOD_NOT_ALLOWED,
  AUTH_ERRORS.HEADERS_TOO_LARGE,
];

/** What a route can answer because of its family, its body and its authentication, so that definitions leave it out. */
function commonErrors({ family, method, body, bodyRequired, authentication }: Endpoint): ErrorDefinition[] {
  const bySchema: Readonly<Record<Family, readonly ErrorDefinition[]>> = {
    auth: [AUTH_ERRORS.INVALID_PARAMETER, AUTH_ERRORS.MISSING_PARAMETER],
    oauth: [OAUTH_ERRORS.INVALID_PARAMETER],
    profile: [PROFILE_ERRORS.INVALID_PARAMETER],
  };
  const ofBodies = [
    AUTH_ERRORS.REQUEST_TOO_LARGE,
    ...(family === 'oauth'
      ? [OAUTH_ERRORS.INVALID_CONTENT_TYPE]
      : [AUTH_ERRORS.INVALID_JSON, AUTH_ERRORS.UNSUPPORTED_MEDIA_TYPE]),
  ];
  const ofTokens = family === 'profile' ? PROFILE_ERRORS.UNAUTHORIZED : AUTH_ERRORS.INVALID_TOKEN;
  return [
    ...OF_NO_ROUTE,
    ...bySchema[family],
    ...(method === 'GET' ? [] : ofBodies),
    ...(bodyRequired === true && body !== undefined ? [AUTH_ERRORS.INVALID_SIGNATURE] : []),
    ...(authentication.every((scheme) => scheme === 'none') ? [] : [ofTokens]),
  ];
}

function isError(line: string): boolean {
  return line.includes('"level":"error"');
}

/** Reads digests of all tables but the counters of the rate limiter, so that a test can say which one changed. */
async function tableDigests({ server }: TestServer): Promise<() => Promise<Readonly<Record<string, string>>>> {
  const { db } = server.context.storage;
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db);
  const tables = rows.filter(({ name }) => name !== 'limits');
  const queries = tables.map(({ name }) => [name, sql`select * from ${sql.table(name)}`.compile(db)] as const);
  return async () => {
    const digests: Record<string, string> = {};
    for (const [name, query] of queries) {
      const table = await db.executeQuery(query);
      digests[name] = createHash('sha256').update(serialize(table.rows)).digest('hex');
    }
    return digests;
  };
}
