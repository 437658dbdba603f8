import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '@foxden/server';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GraphqlAnswer, postGraphql } from '../support/graphql.js';
import { signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const ACCOUNT = '{ account { uid } }';
const TYPENAME = '{ __typename }';

let server: TestServer;
let open: TestServer;
let folder: string;
beforeAll(async () => {
  server = await startTestServer();
  open = await startTestServer({ graphqlTools: true, graphqlOrigins: ['https://settings.example.com'] });
  folder = await mkdtemp(join(tmpdir(), 'foxden-graphql-'));
});
afterAll(async () => {
  await server.close();
  await open.close();
  await rm(folder, { recursive: true });
});

async function answerOf(response: Response): Promise<{ status: number; body: unknown }> {
  return { status: response.status, body: await response.json() };
}

describe('content types', () => {
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    '%s is 415: a form of another site sends it without asking',
    async (type) => {
      const body = JSON.stringify({ query: TYPENAME });
      expect((await postGraphql(server, body, { headers: { 'content-type': type } })).status).toBe(415);
    },
  );

  test('JSON with a charset is read', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    expect(await answerOf(await postGraphql(server, { query: TYPENAME }, { headers }))).toEqual({
      status: 200,
      body: { data: { __typename: 'Query' } },
    });
  });

  test('a query in the URL is no request', async () => {
    const response = await server.raw(`/graphql?query=${encodeURIComponent(TYPENAME)}`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });
});

describe('origins', () => {
  const withOrigin = (to: TestServer, origin: string) => postGraphql(to, { query: TYPENAME }, { headers: { origin } });

  test('pages of this server may read the answer', async () => {
    const response = await withOrigin(server, server.url);
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(server.url);
    expect(response.headers.get('vary')).toContain('Origin');
  });

  test('pages of the origins of the setting may too', async () => {
    const response = await withOrigin(open, 'https://settings.example.com');
    expect(response.headers.get('access-control-allow-origin')).toBe('https://settings.example.com');
  });

  test.each(['https://evil.example', 'null', 'https://settings.example.com.evil.example'])(
    'for %s nothing is run',
    async (origin) => {
      const response = await withOrigin(open, origin);
      expect(response.status).toBe(403);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(await response.json()).toMatchObject({ errno: 112 });
    },
  );

  test('who is no browser needs none, and is told of none', async () => {
    const response = await postGraphql(server, { query: TYPENAME });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('bodies that are no request', () => {
  test.each([
    ['nothing', '', 108],
    ['null', 'null', 108],
    ['a text', '"query"', 108],
    ['no query', '{}', 108],
    ['a query that is no text', '{"query":1}', 107],
    ['variables that are a list', JSON.stringify({ query: TYPENAME, variables: [] }), 107],
    ['variables that are a text', JSON.stringify({ query: TYPENAME, variables: 'x' }), 107],
    ['a name that is no text', JSON.stringify({ query: TYPENAME, operationName: 1 }), 107],
    ['an empty list', '[]', 107],
    ['broken JSON', '{"query"', 106],
  ])('%s', async (_what, body, errno) => {
    expect(await answerOf(await postGraphql(server, body))).toMatchObject({ status: 400, body: { errno } });
  });

  test.each([
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['', 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['subscription { account { uid } }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('the document %j is refused before anything is run', async (query, code) => {
    const { status, body } = await answerOf(await postGraphql(server, { query }));
    expect(status).toBe(400);
    expect(body).not.toHaveProperty('data');
    expect((body as GraphqlAnswer).errors?.[0]?.extensions).toEqual({ code });
  });

  test.each([
    ['a variable is missing', { query: 'query ($t: String!) { isValidToken(sessionToken: $t) }' }],
    ['the named operation is missing', { query: 'query A { __typename }', operationName: 'B' }],
  ])('%s: an error of the input', async (_what, request) => {
    const { body } = await answerOf(await postGraphql(server, request));
    expect((body as GraphqlAnswer).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('batches', () => {
  test('operations are run in their order, and fail alone', async () => {
    const { sessionToken: token, uid } = await signUp(server, 'batch@example.com');
    const rename = 'mutation { updateDisplayName(input: { displayName: "Bee" }) { displayName } }';
    const batch = [{ query: rename }, { query: '{' }, { query: '{ account { uid displayName } }' }];
    expect(await answerOf(await postGraphql(server, batch, { token }))).toMatchObject({
      status: 200,
      body: [
        { data: { updateDisplayName: { displayName: 'Bee' } } },
        { errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] },
        { data: { account: { uid, displayName: 'Bee' } } },
      ],
    });
  });

  test('twenty are run, twenty-one are not', async () => {
    const batch = (count: number) => Array.from({ length: count }, () => ({ query: TYPENAME }));
    expect((await postGraphql(server, batch(20))).status).toBe(200);
    expect((await postGraphql(server, batch(21))).status).toBe(400);
  });
});

describe('introspection', () => {
  test('is refused by a plain server, which has no page to try things out either', async () => {
    for (const query of [
      getIntrospectionQuery(),
      '{ __schema { types { name } } }',
      '{ __type(name: "Account") { name } }',
    ]) {
      const { status, body } = await answerOf(await postGraphql(server, { query }));
      expect(status).toBe(400);
      expect(body).not.toHaveProperty('data');
    }
    expect((await server.raw('/graphql')).status).toBe(405);
  });

  test('is there with the setting of npm run dev', async () => {
    const { body } = await answerOf(await postGraphql(open, { query: getIntrospectionQuery() }));
    expect(body).toMatchObject({ data: { __schema: { queryType: { name: 'Query' } } } });
    const page = await open.raw('/graphql');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

describe('FOXDEN_GRAPHQL_OPERATIONS', () => {
  async function withOperations<T>(content: string, use: (server: TestServer) => Promise<T>): Promise<T> {
    const file = join(folder, 'operations.json');
    await writeFile(file, content);
    const strict = await startTestServer({ graphqlOperations: file });
    try {
      return await use(strict);
    } finally {
      await strict.close();
    }
  }

  test.each([JSON.stringify([TYPENAME]), JSON.stringify({ GetNothing: TYPENAME })])(
    'with %s only those texts are run, in batches too',
    async (content) => {
      await withOperations(content, async (strict) => {
        expect((await postGraphql(strict, { query: TYPENAME })).status).toBe(200);
        const unsanctioned = { status: 403, body: { statusCode: 403, message: 'Unsanctioned Graphql Query' } };
        expect(await answerOf(await postGraphql(strict, { query: ACCOUNT }))).toEqual(unsanctioned);
        expect(await answerOf(await postGraphql(strict, { query: `${TYPENAME} ` }))).toEqual(unsanctioned);
        const batch = [{ query: TYPENAME }, { query: ACCOUNT }];
        expect(await answerOf(await postGraphql(strict, batch))).toEqual(unsanctioned);
      });
    },
  );

  test.each(['{', '"text"', '[1]', '3'])('a file that holds %s stops the start', async (content) => {
    const file = join(folder, 'bad.json');
    await writeFile(file, content);
    await expect(
      createServer({ databaseUrl: 'sqlite::memory:', listen: { host: '127.0.0.1', port: 0 }, graphqlOperations: file }),
    ).rejects.toThrow('FOXDEN_GRAPHQL_OPERATIONS');
  });
});

test('what nobody expected is told to the log, not to the client', async () => {
  const broken = await startTestServer();
  const { sessionToken: token } = await signUp(broken, 'broken@example.com');
  const { db } = broken.server.context.storage;
  await db.schema.dropTable('securityEvents').execute();
  const { status, body } = await answerOf(
    await postGraphql(broken, { query: '{ account { securityEvents { name } } }' }, { token }),
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({
    data: { account: null },
    errors: [{ message: 'Unspecified error', extensions: { code: 'INTERNAL_SERVER_ERROR', errno: 999 } }],
  });
  expect(JSON.stringify(body)).not.toContain('no such table');
  expect(broken.log.join('')).toContain('no such table');
  expect(broken.log.join('')).not.toContain(token);
  await broken.close();
});
