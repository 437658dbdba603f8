import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/graphql/limits.js';
import { type GraphqlAnswer, postGraphql, runGraphql } from '../support/graphql.js';
import { authPWOf, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let sessionToken: string;
beforeAll(async () => {
  server = await startTestServer();
  ({ sessionToken } = await signUp(server, 'patient@example.com'));
});
afterAll(() => server.close());

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

async function post(body: unknown) {
  const response = await postGraphql(server, body, { token: sessionToken });
  const text = await response.text();
  return { status: response.status, length: text.length, body: JSON.parse(text) as GraphqlAnswer };
}

describe('what is refused is refused shortly, before anything is run', () => {
  const nested = (depth: number) => '{ account '.repeat(depth) + ' }'.repeat(depth);
  const doubling = (count: number) =>
    `{ account { ...F0 } } ${times(count, (i) => `fragment F${i} on Account { ...F${i + 1} ...F${i + 1} }`)}
     fragment F${count} on Account { uid }`;

  test.each<[string, string]>([
    ['nesting, a thousand deep', nested(1000)],
    ['nesting, as deep as the body allows', nested(8000)],
    ['lists in lists', `{ isValidToken(sessionToken: ${'['.repeat(40_000)}) }`],
    ['a thousand aliases of a query', `{ ${times(1000, (i) => `a${i}: session { verified }`)} }`],
    ['a hundred aliases of an expensive field', `{ account { ${times(100, (i) => `a${i}: emails { email }`)} } }`],
    [
      'twenty-one mutations',
      `mutation { ${times(21, (i) => `a${i}: destroySession(input: {}) { clientMutationId }`)} }`,
    ],
    ['the same field a thousand times', `{ account { ${times(1000, () => 'uid')} } }`],
    ['the same field as often as the body allows', `{ account { ${times(20_000, () => 'uid')} } }`],
    ['fragments that double', doubling(60)],
    ['fragments in a circle', '{ account { ...A } } fragment A on Account { ...B } fragment B on Account { ...A }'],
    ['a fragment in itself', '{ ...A } fragment A on Query { ...A }'],
    ['many operations', times(200, (i) => `query Q${i} { session { verified } }`)],
    ['directives', `{ account { uid ${times(2000, () => '@skip(if: false)')} } }`],
    ['a long name', `{ ${'a'.repeat(90_000)} }`],
  ])('%s', async (_what, query) => {
    const { status, length, body } = await post({ query });
    expect(status).toBe(400);
    expect(body).not.toHaveProperty('data');
    expect(body.errors?.length).toBeGreaterThan(0);
    expect(length).toBeLessThan(200_000);
  });

  test('mutations in a batch cost as those in a document', async () => {
    const query = 'mutation { destroySession(input: {}) { clientMutationId } }';
    const two = `mutation { a: destroySession(input: {}) { clientMutationId } b: destroySession(input: {}) { clientMutationId } }`;
    const { status, body } = await post(Array.from({ length: 20 }, (_, i) => ({ query: i < 10 ? two : query })));
    expect(status).toBe(400);
    expect(body.errors?.[0]?.message).toMatch(/^Query is too complex: 15\d\d\.$/);
    // Nothing was run.
    expect((await runGraphql(server, '{ session { verified } }', {}, sessionToken)).errors).toBeUndefined();
  });

  test('documents that are small enough alone are refused together before the rules see them', async () => {
    // Unknown fields: the rules would name them.
    const query = `{ account { ${times(400, () => 'nothing')} } }`;
    const { status, body } = await post([{ query }, { query }, { query }]);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ message: 'Query is too complex: 1230.' }]);
  });

  test('a body of more than 100 KiB is 413', async () => {
    const padded = (length: number) => {
      const empty = JSON.stringify({ query: '{ __typename }', pad: '' });
      return JSON.stringify({ query: '{ __typename }', pad: 'x'.repeat(length - empty.length) });
    };
    expect((await postGraphql(server, padded(LIMITS.body))).status).toBe(200);
    expect((await postGraphql(server, padded(LIMITS.body + 1))).status).toBe(413);
  });

  test('large variables are answered for by the fields they are for', async () => {
    const query = 'query ($t: String!) { isValidToken(sessionToken: $t) }';
    expect((await post({ query, variables: { t: 'x'.repeat(90_000) } })).body).toEqual({
      data: { isValidToken: false },
    });
    const deep = `{"query":${JSON.stringify(query)},"variables":{"t":${'['.repeat(40_000)}${']'.repeat(40_000)}}}`;
    const { body, length } = await post(deep);
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    expect(length).toBeLessThan(10_000);
  });
});

describe('limits at their edges', () => {
  test('cost: a thousand is run, what goes beyond is not', async () => {
    // 10 for the account, 1 for each of its values, 10 for each field beside it.
    const query = (beside: number) =>
      `{ account { ${times(640, () => 'uid')} } ${times(beside, (i) => `s${i}: __typename`)} }`;
    expect((await post({ query: query(35) })).status).toBe(200);
    expect((await post({ query: query(36) })).body.errors?.[0]?.message).toBe('Query is too complex: 1010.');
  });

  test('as many mutations as the cost allows are run', async () => {
    const query = (count: number) =>
      `mutation { ${times(count, (i) => `a${i}: metricsOpt(input: { state: "in" }) { clientMutationId }`)} }`;
    expect((await post({ query: query(19) })).body.errors).toBeUndefined();
    expect((await post({ query: query(20) })).body.errors?.[0]?.message).toBe('Query is too complex: 1020.');
  });

  test('depth: eight is looked at by the rules, nine is not', async () => {
    const nested = (depth: number) => `${'{ account '.repeat(depth)}${' }'.repeat(depth)}`;
    const messageOf = async (depth: number) => (await post({ query: nested(depth) })).body.errors?.[0]?.message;
    expect(await messageOf(LIMITS.depth)).toMatch(/^Cannot query field/);
    expect(await messageOf(LIMITS.depth + 1)).toBe('Query is too deep: 9.');
  });

  test('words and signs: two thousand are read, one more is not', async () => {
    const variables = (count: number) => `query (${times(count, (i) => `$v${i}: ID`)}) { __typename }`;
    // Four for each variable and six around them: one too many is found by the parser, 1998 by the rules.
    expect((await post({ query: variables(499) })).body.errors?.[0]?.extensions['code']).toBe('GRAPHQL_PARSE_FAILED');
    expect((await post({ query: variables(498) })).body.errors?.[0]?.extensions['code']).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
  });
});

describe('rate limits are counted for every field that is run', () => {
  test('aliases and batches do not guess passwords faster', async () => {
    const limited = await startTestServer({ rateLimits: true });
    const email = 'guessed@example.com';
    await signUp(limited, email);
    const authPW = await authPWOf(email, 'a wrong one');
    const guess = (name: string) =>
      `${name}: signIn(input: { email: "${email}", authPW: "${authPW}", options: {} }) { uid }`;
    const query = `mutation { ${guess('a')} }`;
    const response = await postGraphql(
      limited,
      Array.from({ length: 7 }, () => ({ query })),
    );
    const answers = (await response.json()) as GraphqlAnswer[];
    expect(answers.map(({ errors }) => errors?.[0]?.extensions['errno'])).toEqual([103, 103, 103, 103, 103, 114, 114]);
    expect(answers[6]?.errors?.[0]?.extensions).toMatchObject({
      code: 429,
      errno: 114,
      retryAfter: 900,
      retryAfterLocalized: 'in 15 minutes',
    });
    await limited.close();
  });

  test('sixty changes of the display name in a quarter of an hour, then none', async () => {
    const limited = await startTestServer({ rateLimits: true });
    const { sessionToken: token } = await signUp(limited, 'renamed@example.com');
    const names = (count: number) =>
      `mutation { ${times(count, (i) => `n${i}: updateDisplayName(input: { displayName: "n${i}" }) { displayName }`)} }`;
    for (let n = 0; n < 4; n += 1) expect((await runGraphql(limited, names(15), {}, token)).errors).toBeUndefined();
    const { errors } = await runGraphql(limited, names(1), {}, token);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 429, errno: 114, retryAfter: 900 });
    limited.clock.advance(15 * 60 * 1000);
    expect((await runGraphql(limited, names(1), {}, token)).errors).toBeUndefined();
    await limited.close();
  });
});
