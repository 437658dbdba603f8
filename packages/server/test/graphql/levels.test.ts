import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { accountCreate, sessionDuplicate, sessionStatus } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { turnTotpOn } from '../support/authenticator.js';
import { type GraphqlAnswer, postGraphql } from '../support/graphql.js';
import { authPWOf, signIn, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import { levelsMarkdown, OPERATIONS, RUNS, STATES, type State, twinsMarkdown, verdictOf } from './level-table.js';
import { SAMPLES } from './samples.js';

const DAY = 24 * 60 * 60 * 1000;
const states = Object.keys(STATES) as State[];
const guarded = Object.entries(OPERATIONS).filter(([, { guard }]) => guard !== 'none');

interface Holder {
  /** Of a session whose copies are in the state; undefined without a session. */
  readonly sessionToken: string | undefined;
  readonly header: string | undefined;
  /** What answers to refused callers must not hold. */
  readonly secrets: readonly string[];
}

let server: TestServer;
const holders = new Map<State, Holder>();

async function unconfirmed(email: string, keys: 'true' | 'false') {
  const { sessionToken, uid } = await server.ok(accountCreate, {
    query: { keys },
    body: { email, authPW: await authPWOf(email), verificationMethod: 'email-otp' },
  });
  return { sessionToken, uid, email };
}

beforeAll(async () => {
  server = await startTestServer();
  const known = async (state: State, holder: { sessionToken: string; uid: string; email: string }) => {
    const { sessionToken, uid, email } = holder;
    holders.set(state, { sessionToken, header: undefined, secrets: [uid, email] });
    const { session } = STATES[state];
    const { details } = await server.ok(sessionStatus, { token: ['sessionToken', sessionToken] });
    expect(details).toMatchObject({
      accountEmailVerified: session?.emailVerified,
      sessionVerified: session?.tokenVerified,
      mustVerify: session?.mustVerify,
      sessionVerificationMeetsMinimumAAL: session !== undefined && session.aal >= session.accountAal,
    });
  };
  for (const state of ['no header', 'malformed token', 'unknown token'] as const) {
    holders.set(state, { sessionToken: undefined, header: STATES[state].header, secrets: [] });
  }

  const old = { ...(await signUp(server, 'old@example.com')), email: 'old@example.com' };
  const secured = { ...(await signUp(server, 'secured@example.com')), email: 'secured@example.com' };
  const earlier = await signIn(server, secured.email);
  await turnTotpOn(server, secured.sessionToken);
  // Long enough ago for a sign-in to be asked for a code again.
  server.clock.advance(4 * DAY);

  await known('account unverified', await unconfirmed('new@example.com', 'false'));
  await known('… and must verify', await unconfirmed('new-keys@example.com', 'true'));
  await known('session unverified', { ...old, ...(await signIn(server, old.email)) });
  await known('… must verify', { ...old, ...(await signIn(server, old.email, { keys: true })) });
  await known('second factor not shown', { ...secured, ...earlier });
  await known('… at sign-in', { ...secured, ...(await signIn(server, secured.email)) });
  await known('verified', old);
  await known('… with second factor', secured);
});
afterAll(() => server.close());

/** Runs an operation in a session of its own, since some end it or change it. */
async function ask(name: string, state: State): Promise<{ answer: GraphqlAnswer; text: string }> {
  const holder = holders.get(state);
  const sample = SAMPLES[name];
  if (holder === undefined || sample === undefined) throw new Error(`${name}, ${state}`);
  const token =
    holder.sessionToken === undefined
      ? undefined
      : (await server.ok(sessionDuplicate, { token: ['sessionToken', holder.sessionToken] })).sessionToken;
  const headers = holder.header === undefined ? {} : { authorization: holder.header };
  const text = await (await postGraphql(server, sample, { token, headers })).text();
  return { answer: JSON.parse(text) as GraphqlAnswer, text };
}

test('there is a sample of every operation that asks for a session, and of no other', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(guarded.map(([name]) => name).sort());
});

describe.each(states)('%s', (state) => {
  test.each(guarded)('%s', async (name, operation) => {
    const verdict = await verdictOf(operation, state);
    const { answer, text } = await ask(name, state);
    const [error] = answer.errors ?? [];
    if (verdict === RUNS) {
      expect([104, 138, 222, 'UNAUTHENTICATED', 'INTERNAL_SERVER_ERROR']).not.toContain(
        error?.extensions['errno'] ?? error?.extensions['code'],
      );
      return;
    }
    // Operations that may be null are, the others take the whole answer with them.
    expect(answer.data?.[name] ?? null).toBeNull();
    for (const secret of holders.get(state)?.secrets ?? []) expect(text).not.toContain(secret);
    if (typeof verdict === 'number') expect(error?.extensions).toMatchObject({ errno: verdict });
    else {
      expect(error).toMatchObject({
        message: verdict,
        extensions: {
          code: 'UNAUTHENTICATED',
          originalError: { statusCode: 401, message: verdict, error: 'Unauthorized' },
        },
      });
    }
  });
});

test('docs/graphql.md has the tables of levels and routes (UPDATE_DOCS=1 writes them)', async () => {
  const page = fileURLToPath(new URL('../../../../docs/graphql.md', import.meta.url));
  let text = readFileSync(page, 'utf8');
  for (const [name, content] of [
    ['levels', await levelsMarkdown()],
    ['routes', twinsMarkdown()],
  ] as const) {
    const [start, end] = [`<!-- ${name} -->\n`, `\n<!-- end of ${name} -->`];
    const [before = '', rest = ''] = text.split(start);
    text = `${before}${start}${content}${end}${rest.split(end)[1] ?? ''}`;
  }
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, text);
  expect(readFileSync(page, 'utf8')).toBe(text);
});
