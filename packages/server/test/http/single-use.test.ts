import {
  accountCreate,
  accountKeys,
  accountLogin,
  accountReset,
  type Endpoint,
  mfaOtpRequest,
  mfaOtpVerify,
  passwordChangeFinish,
  passwordChangeStart,
  passwordForgotSendOtp,
  passwordForgotVerifyCode,
  passwordForgotVerifyOtp,
  recoveryCodesReplace,
  recoveryEmailCreate,
  recoveryEmailSecondaryVerifyCode,
  recoveryEmailVerifyCode,
  sendUnblockCode,
  sessionVerifyCode,
  sessionVerifyRecoveryCode,
  sessionVerifyTotp,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { codeOf, turnTotpOn } from '../support/authenticator.js';
import { authPWOf, signIn, signUp } from '../support/person.js';
import { type CallOptions, send } from '../support/send.js';
import type { TestServer } from '../support/test-server.js';
import { startTwoServers, type TwoServers } from '../support/two-servers.js';

const ATTEMPTS = 50;
const WRAP_KB = '11'.repeat(32);

describe('on SQLite, two processes on one file', () => races(async () => undefined));
describePostgres('on PostgreSQL, two processes on one database', races);

function races(databaseUrl: () => Promise<string | undefined>): void {
  let two: TwoServers;
  let server: TestServer;
  beforeAll(async () => {
    two = await startTwoServers(await databaseUrl(), { blockTestAddresses: true });
    server = two.server;
  });
  afterAll(() => two.close());

  /** Makes the same call fifty times at once, half of them at each server; gives the answers' bodies. */
  async function attempt<E extends Endpoint>(
    endpoint: E,
    options: CallOptions<E> | ((n: number) => CallOptions<E>),
  ): Promise<Record<string, unknown>[]> {
    const calls = Array.from({ length: ATTEMPTS }, (_, n) => {
      const url = two.urls[n % 2] ?? two.urls[0];
      return send(url, endpoint, typeof options === 'function' ? options(n) : options);
    });
    return Promise.all((await Promise.all(calls)).map((answer) => answer.json() as Promise<Record<string, unknown>>));
  }

  /** Expects one success, and of all others one of these errors. Gives the index of the success. */
  function expectOneSuccess(answers: readonly Record<string, unknown>[], losing: readonly number[]): number {
    const errnos = answers.map(({ errno, success }) => errno ?? (success === false ? false : undefined));
    const won = errnos.flatMap((errno, index) => (errno === undefined ? [index] : []));
    expect(won).toHaveLength(1);
    expect(losing).toEqual(expect.arrayContaining([...new Set(errnos.filter((errno) => errno !== undefined))]));
    return won[0] ?? 0;
  }

  test('a keyFetchToken opens its bundle once', async () => {
    const { keyFetchToken = '' } = await signUp(server, 'keys@example.com', { keys: true });
    expectOneSuccess(await attempt(accountKeys, { token: ['keyFetchToken', keyFetchToken] }), [110]);
  });

  test('a passwordChangeToken sets one new password, which is the one that works', async () => {
    const email = 'change@example.com';
    const { sessionToken } = await signUp(server, email);
    const { passwordChangeToken } = await server.ok(passwordChangeStart, {
      token: ['sessionToken', sessionToken],
      body: { email, oldAuthPW: await authPWOf(email) },
    });
    const authPW = (n: number) => n.toString(16).padStart(64, '0');
    const answers = await attempt(passwordChangeFinish, (n) => ({
      token: ['passwordChangeToken', passwordChangeToken],
      body: { authPW: authPW(n), wrapKb: WRAP_KB },
    }));
    const winner = expectOneSuccess(answers, [110]);
    await server.ok(accountLogin, { body: { email, authPW: authPW(winner) } });
    expect(await server.fails(accountLogin, { body: { email, authPW: await authPWOf(email) } })).toMatchObject({
      errno: 103,
    });
  });

  /** Mailed digits of a forgotten password. */
  async function forgotDigits(email: string): Promise<string> {
    await server.ok(passwordForgotSendOtp, { body: { email } });
    return (await server.mail(email)).headers['x-password-forgot-otp'] ?? '';
  }
  async function forgotToken(email: string): Promise<{ token: string; code: string }> {
    return server.ok(passwordForgotVerifyOtp, { body: { email, code: await forgotDigits(email) } });
  }

  test('the digits of a forgotten password buy one passwordForgotToken', async () => {
    const email = 'forgot-otp@example.com';
    await signUp(server, email);
    const code = await forgotDigits(email);
    expectOneSuccess(await attempt(passwordForgotVerifyOtp, { body: { email, code } }), [105]);
  });

  test('a passwordForgotToken buys one accountResetToken', async () => {
    const email = 'forgot@example.com';
    await signUp(server, email);
    const { token, code } = await forgotToken(email);
    const answers = await attempt(passwordForgotVerifyCode, { token: ['passwordForgotToken', token], body: { code } });
    expectOneSuccess(answers, [110]);
  });

  test('a passwordForgotToken survives three wrong codes, however many are sent at once', async () => {
    const email = 'tries@example.com';
    await signUp(server, email);
    const { token, code } = await forgotToken(email);
    const answers = await attempt(passwordForgotVerifyCode, (n) => ({
      token: ['passwordForgotToken', token],
      body: { code: n.toString(16).padStart(32, '0') },
    }));
    expect(answers.map(({ errno }) => errno).filter((errno) => errno === 105)).toHaveLength(3);
    expect(new Set(answers.map(({ errno }) => errno))).toEqual(new Set([105, 110]));
    expect(
      await server.fails(passwordForgotVerifyCode, { token: ['passwordForgotToken', token], body: { code } }),
    ).toMatchObject({ errno: 110 });
  });

  test('an accountResetToken sets one new password, which is the one that works', async () => {
    const email = 'reset@example.com';
    await signUp(server, email);
    const { token, code } = await forgotToken(email);
    const { accountResetToken } = await server.ok(passwordForgotVerifyCode, {
      token: ['passwordForgotToken', token],
      body: { code },
    });
    const authPW = (n: number) => n.toString(16).padStart(64, 'f');
    const answers = await attempt(accountReset, (n) => ({
      token: ['accountResetToken', accountResetToken],
      body: { authPW: authPW(n) },
    }));
    const winner = expectOneSuccess(answers, [110]);
    await server.ok(accountLogin, { body: { email, authPW: authPW(winner) } });
    const loser = authPW((winner + 1) % ATTEMPTS);
    expect(await server.fails(accountLogin, { body: { email, authPW: loser } })).toMatchObject({ errno: 103 });
  });

  test('an unblock code lets one sign-in pass', async () => {
    const email = 'blocked@example.com';
    await signUp(server, email);
    await server.ok(sendUnblockCode, { body: { email } });
    const unblockCode = (await server.mail(email)).headers['x-unblock-code'] ?? '';
    const authPW = await authPWOf(email);
    expectOneSuccess(await attempt(accountLogin, { body: { email, authPW, unblockCode } }), [127]);
  });

  test('the digits of a sign-in verify it once', async () => {
    const email = 'digits@example.com';
    await signUp(server, email);
    server.clock.advance(0);
    const { sessionToken } = await unconfirmedSignIn(email, 'email-otp');
    const code = (await server.mail(email)).headers['x-signin-verify-code'] ?? '';
    const answers = await attempt(sessionVerifyCode, { token: ['sessionToken', sessionToken], body: { code } });
    expectOneSuccess(answers, [183]);
  });

  test('the digits of a sign-up verify it once', async () => {
    const email = 'new@example.com';
    const { sessionToken } = await signUp(server, email, { confirm: false });
    const code = (await server.mail(email)).headers['x-verify-short-code'] ?? '';
    const answers = await attempt(sessionVerifyCode, { token: ['sessionToken', sessionToken], body: { code } });
    expectOneSuccess(answers, [183]);
  });

  test('the link of a sign-in verifies it once', async () => {
    const email = 'link@example.com';
    await signUp(server, email);
    const { uid } = await unconfirmedSignIn(email, 'email');
    const code = (await server.mail(email)).headers['x-verify-code'] ?? '';
    expectOneSuccess(await attempt(recoveryEmailVerifyCode, { body: { uid, code } }), [105]);
  });

  /** A sign-in that waits for a mailed code: nobody has seen the address it comes from. */
  async function unconfirmedSignIn(email: string, verificationMethod: 'email' | 'email-otp') {
    await server.server.context.storage.db.updateTable('securityEvents').set({ verified: 0 }).execute();
    await server.server.context.storage.db.updateTable('accounts').set({ createdAt: 0 }).execute();
    return server.ok(accountLogin, {
      query: { keys: 'true' },
      body: { email, authPW: await authPWOf(email), verificationMethod },
    });
  }

  test('of fifty sign-ups with one address at once one account stays, and nobody gets an error but 101', async () => {
    const email = 'crowd@example.com';
    const authPW = await authPWOf(email);
    const answers = await attempt(accountCreate, { body: { email, authPW } });
    const errnos = new Set(answers.flatMap(({ errno }) => (errno === undefined ? [] : [errno])));
    expect([...errnos].filter((errno) => errno !== 101)).toEqual([]);
    const { db } = server.server.context.storage;
    expect(await db.selectFrom('accounts').select('uid').where('email', '=', email).execute()).toHaveLength(1);
    expect(await db.selectFrom('emails').select('uid').where('email', '=', email).execute()).toHaveLength(1);
  });

  test('the digits for a second address add it once', async () => {
    const { sessionToken } = await signUp(server, 'first@example.com');
    const token = ['sessionToken', sessionToken] as const;
    const email = 'second@example.com';
    await server.ok(recoveryEmailCreate, { token, body: { email } });
    const code = (await server.mail(email)).headers['x-verify-short-code'] ?? '';
    const answers = await attempt(recoveryEmailSecondaryVerifyCode, { token, body: { email, code } });
    expectOneSuccess(answers, [105]);
  });

  test('the digits for a change of settings buy one token', async () => {
    const email = 'settings@example.com';
    const { sessionToken } = await signUp(server, email);
    const token = ['sessionToken', sessionToken] as const;
    await server.ok(mfaOtpRequest, { token, body: { action: 'password' } });
    const code = (await server.mail(email)).headers['x-account-change-verify-code'] ?? '';
    expectOneSuccess(await attempt(mfaOtpVerify, { token, body: { action: 'password', code } }), [183]);
  });

  test('a code of an authenticator is accepted once, of all sessions of the account together', async () => {
    const email = 'totp@example.com';
    const { sessionToken } = await signUp(server, email);
    const secret = await turnTotpOn(server, sessionToken);
    const sessions = [await signIn(server, email), await signIn(server, email), await signIn(server, email)];
    const body = { code: codeOf(secret, server.clock.now()) };
    const answers = await attempt(sessionVerifyTotp, (n) => ({
      token: ['sessionToken', sessions[n % 3]?.sessionToken ?? ''],
      body,
    }));
    expectOneSuccess(answers, [false as unknown as number]);
  });

  test('a backup code is accepted once', async () => {
    const email = 'backup@example.com';
    const { sessionToken } = await signUp(server, email);
    await turnTotpOn(server, sessionToken);
    const { recoveryCodes } = await server.ok(recoveryCodesReplace, { token: ['sessionToken', sessionToken] });
    const session = await signIn(server, email);
    const answers = await attempt(sessionVerifyRecoveryCode, {
      token: ['sessionToken', session.sessionToken],
      body: { code: recoveryCodes[0] ?? '' },
    });
    expectOneSuccess(answers, [156]);
  });
}
