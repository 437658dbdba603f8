import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkPassword } from '../../src/auth/check-password.js';
import type { Caller, Context } from '../../src/context.js';
import type { PasswordHasher } from '../../src/credentials/index.js';
import { findSecurityEvents, NOBODY, recordFailureOfNobody } from '../../src/security/index.js';
import { signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const KNOWN = 'known@example.com';
const UNPROVEN = 'unproven@example.com';
const CALLER: Caller = { requestId: '', address: '192.0.2.1', userAgent: '', acceptLanguage: undefined };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await signUp(server, KNOWN);
  await signUp(server, UNPROVEN, { confirm: false });
});
afterAll(() => server.close());

/** The work that a wrong sign-in makes: statements with their tables, slow hashes, failures that are counted. */
async function workOf(email: string, hideAccounts: boolean): Promise<string[]> {
  const { context } = server.server;
  const work: string[] = [];
  // A database of its own executor, which every statement passes, prepared or not.
  const db = context.storage.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => result,
  });
  const executor = db.getExecutor();
  const execute = executor.executeQuery.bind(executor);
  executor.executeQuery = (query, ...rest) => {
    const [, verb, table] = /^(\w+) .*?(?:from|into) "(\w+)"/.exec(query.sql) ?? [];
    work.push(`${verb} ${table}`);
    return execute(query, ...rest);
  };
  const passwords: PasswordHasher = {
    ...context.passwords,
    stretch: (...of) => {
      work.push(`hash ${of[2]}`);
      return context.passwords.stretch(...of);
    },
  };
  const limits = {
    ...context.limits,
    failed: async () => {
      work.push('count');
    },
  };
  const storage = { ...context.storage, db };
  const spied: Context = { ...context, config: { ...context.config, hideAccounts }, storage, passwords, limits };
  await expect(checkPassword(spied, CALLER, { email, authPW: '00'.repeat(32) })).rejects.toThrow();
  return work;
}

test.each([false, true])(
  'a wrong sign-in makes the same work with and without an account (hidden: %s)',
  async (hide) => {
    const known = await workOf(KNOWN, hide);
    expect(known).toEqual(['select emails', 'select accounts', 'hash 2', 'insert securityEvents', 'count']);
    expect(await workOf('void@example.com', hide)).toEqual(known);
    expect(await workOf(UNPROVEN, hide)).toEqual(known);
  },
);

test('guesses at addresses without an account fill nothing', async () => {
  const { db } = server.server.context.storage;
  const random = { bytes: (length: number) => new Uint8Array(length).fill(7) };
  for (let times = 0; times < 3; times += 1) {
    await recordFailureOfNobody({ ...server.server.context, random }, db, CALLER);
  }
  const before = await findSecurityEvents(db, NOBODY);
  await recordFailureOfNobody({ ...server.server.context, random }, db, CALLER);
  expect(await findSecurityEvents(db, NOBODY)).toHaveLength(before.length);
});
