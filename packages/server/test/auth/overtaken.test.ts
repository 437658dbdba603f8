import {
  accountLogin,
  deriveToken,
  hexToBytes,
  passwordChangeFinish,
  passwordChangeStart,
  sessionDuplicate,
  sessionStatus,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { login, reauthenticate } from '../../src/auth/login.js';
import { startLegacyPasswordChange } from '../../src/auth/passwords/start-change.js';
import type { Caller, Context } from '../../src/context.js';
import { findSession } from '../../src/sessions/index.js';
import type { Storage } from '../../src/storage/index.js';
import { hashTokenId } from '../../src/tokens/index.js';
import { authPWOf, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const CALLER: Caller = { requestId: '', address: '192.0.2.1', userAgent: '', acceptLanguage: undefined };
const OPTIONS = { keys: true, service: undefined, verificationMethod: undefined };

describe('on SQLite', () => overtaken(async () => 'sqlite::memory:'));
describePostgres('on PostgreSQL', overtaken);

/**
 * Whoever knows an old password may have sent it in time, and be slow: the password is checked before it changes, what
 * it buys is written afterwards.
 */
function overtaken(databaseUrl: () => Promise<string>): void {
  let server: TestServer;
  let people = 0;
  beforeAll(async () => {
    server = await startTestServer({ databaseUrl: await databaseUrl() });
  });
  afterAll(() => server.close());

  /** A person, and a context in which the password changes just before the next transaction with the old one begins. */
  async function slowly(): Promise<{ email: string; authPW: string; sessionToken: string; context: Context }> {
    people += 1;
    const email = `slow${people}@example.com`;
    const { sessionToken } = await signUp(server, email);
    const { context } = server.server;
    const authPW = await authPWOf(email);
    const { passwordChangeToken } = await startLegacyPasswordChange(context, CALLER, { email, oldAuthPW: authPW });
    let isChanged = false;
    const transaction: Storage['transaction'] = async (work, durability) => {
      if (!isChanged) {
        isChanged = true;
        await server.ok(passwordChangeFinish, {
          token: ['passwordChangeToken', passwordChangeToken],
          body: { authPW: 'ab'.repeat(32), wrapKb: '11'.repeat(32) },
        });
      }
      return context.storage.transaction(work, durability);
    };
    return { email, authPW, sessionToken, context: { ...context, storage: { ...context.storage, transaction } } };
  }

  const left = async (table: 'sessions' | 'keyFetchTokens' | 'passwordChangeTokens', email: string) =>
    server.server.context.storage.db
      .selectFrom(table)
      .innerJoin('emails', 'emails.uid', `${table}.uid`)
      .select('emails.uid')
      .where('emails.email', '=', email)
      .execute();

  test('a sign-in that a password change overtakes is refused and leaves nothing', async () => {
    const { email, authPW, context } = await slowly();
    await expect(login(context, CALLER, { email, authPW }, OPTIONS)).rejects.toMatchObject({
      definition: { name: 'INCORRECT_PASSWORD' },
    });
    expect(await left('sessions', email)).toEqual([]);
    expect(await left('keyFetchTokens', email)).toEqual([]);
  });

  test('so is a re-authentication, which would hand out the new keys', async () => {
    const { email, authPW, sessionToken, context } = await slowly();
    const { tokenId } = await deriveToken('sessionToken', hexToBytes(sessionToken));
    const session = await findSession(context.storage.db, hashTokenId(tokenId));
    if (session === undefined) throw new Error('no session');
    await expect(reauthenticate(context, CALLER, session, { email, authPW }, OPTIONS)).rejects.toMatchObject({
      definition: { name: 'INCORRECT_PASSWORD' },
    });
    expect(await left('keyFetchTokens', email)).toEqual([]);
    expect(await server.fails(sessionStatus, { token: ['sessionToken', sessionToken] })).toMatchObject({ errno: 110 });
  });

  test('so is the beginning of another change, whose token would change the password back', async () => {
    const { email, authPW, context } = await slowly();
    const started = startLegacyPasswordChange(context, CALLER, { email, oldAuthPW: authPW });
    await expect(started).rejects.toMatchObject({ definition: { name: 'INCORRECT_PASSWORD' } });
    expect(await left('passwordChangeTokens', email)).toEqual([]);
    expect(await left('keyFetchTokens', email)).toEqual([]);
  });

  test('of sign-ins and copies of sessions in the way of a change none is left that the old password bought', async () => {
    people += 1;
    const email = `crowd${people}@example.com`;
    const { sessionToken } = await signUp(server, email);
    const authPW = await authPWOf(email);
    const token = ['sessionToken', sessionToken] as const;
    const { passwordChangeToken } = await server.ok(passwordChangeStart, { token, body: { email, oldAuthPW: authPW } });
    const signIns = Array.from({ length: 10 }, () => server.call(accountLogin, { body: { email, authPW } }));
    const change = server.ok(passwordChangeFinish, {
      token: ['passwordChangeToken', passwordChangeToken],
      body: { authPW: 'ab'.repeat(32), wrapKb: '11'.repeat(32) },
    });
    const copies = Array.from({ length: 40 }, () => server.call(sessionDuplicate, { token }));
    const answers = await Promise.all([...signIns, ...copies]);
    await change;
    const bought = answers.flatMap(({ status, body }) => (status === 200 ? [body.sessionToken] : []));
    for (const each of bought) {
      expect(await server.fails(sessionStatus, { token: ['sessionToken', each] })).toMatchObject({ errno: 110 });
    }
  });
}
