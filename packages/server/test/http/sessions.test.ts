import {
  accountLogin,
  recoveryEmailResendCode,
  recoveryEmailStatus,
  recoveryEmailVerifyCode,
  sessionDestroy,
  sessionDuplicate,
  sessionReauth,
  sessionResendCode,
  sessionStatus,
  sessionVerifyCode,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authPWOf, confirm, fetchKeys, signIn, signUp, unwrapBKeyV1 } from '../support/person.js';
import { bearer, startTestServer, type TestServer } from '../support/test-server.js';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('session/status', () => {
  test('a session lives four weeks, and not a moment longer', async () => {
    const { sessionToken, uid } = await signUp(server, 'weeks@example.com');
    const token = ['sessionToken', sessionToken] as const;
    server.clock.advance(28 * DAY - 1);
    expect(await server.ok(sessionStatus, { token })).toMatchObject({ uid, state: 'verified' });
    server.clock.advance(1);
    expect(await server.fails(sessionStatus, { token })).toMatchObject({ code: 401, errno: 110 });
  });

  test('the token itself is no credential: only the id derived from it is', async () => {
    const { sessionToken } = await signUp(server, 'derived@example.com');
    const answer = await server.call(sessionStatus, { headers: { authorization: `Bearer fxs_${sessionToken}` } });
    expect(answer.status).toBe(401);
  });

  test('an id under the prefix of another kind is refused', async () => {
    const { sessionToken } = await signUp(server, 'prefix@example.com');
    const authorization = (await bearer('sessionToken', sessionToken)).replace('fxs_', 'fxk_');
    expect((await server.call(sessionStatus, { headers: { authorization } })).status).toBe(401);
  });
});

describe('session/destroy', () => {
  test('ends this session and no other', async () => {
    const email = 'out@example.com';
    const first = await signUp(server, email);
    const second = await signIn(server, email);
    await server.ok(sessionDestroy, { token: ['sessionToken', first.sessionToken] });
    expect(await server.fails(sessionStatus, { token: ['sessionToken', first.sessionToken] })).toMatchObject({
      errno: 110,
    });
    await server.ok(sessionStatus, { token: ['sessionToken', second.sessionToken] });
  });

  test('ends another session of the same account by its id, and never a foreign one', async () => {
    const email = 'remote@example.com';
    const mine = await signUp(server, email);
    const other = await signIn(server, email);
    const stranger = await signUp(server, 'stranger@example.com');
    const idOf = async (token: string) => (await bearer('sessionToken', token)).slice('Bearer fxs_'.length);
    const token = ['sessionToken', mine.sessionToken] as const;
    const foreign = { customSessionToken: await idOf(stranger.sessionToken) };
    expect(await server.fails(sessionDestroy, { token, body: foreign })).toMatchObject({ errno: 110 });
    await server.ok(sessionStatus, { token: ['sessionToken', stranger.sessionToken] });
    await server.ok(sessionDestroy, { token, body: { customSessionToken: await idOf(other.sessionToken) } });
    expect(await server.fails(sessionStatus, { token: ['sessionToken', other.sessionToken] })).toMatchObject({
      errno: 110,
    });
    await server.ok(sessionStatus, { token });
  });
});

describe('session/duplicate', () => {
  test('copies the state, creation included, and lives on its own', async () => {
    const email = 'copy@example.com';
    const { sessionToken, authAt } = await signUp(server, email);
    server.clock.advance(27 * DAY);
    const copy = await server.ok(sessionDuplicate, { token: ['sessionToken', sessionToken], body: {} });
    expect(copy).toMatchObject({ authAt, verified: true, emailVerified: true, sessionVerified: true });
    await server.ok(sessionDestroy, { token: ['sessionToken', sessionToken] });
    await server.ok(sessionStatus, { token: ['sessionToken', copy.sessionToken] });
    server.clock.advance(DAY);
    expect(await server.fails(sessionStatus, { token: ['sessionToken', copy.sessionToken] })).toMatchObject({
      errno: 110,
    });
  });

  test('the copy of an unconfirmed session is unconfirmed, and confirming one leaves the other', async () => {
    const email = 'copies@example.com';
    await signUp(server, email);
    server.clock.advance(80 * HOUR);
    const { sessionToken } = await signIn(server, email, { keys: true });
    const copy = await server.ok(sessionDuplicate, { token: ['sessionToken', sessionToken], body: {} });
    expect(copy).toMatchObject({ verified: false, verificationMethod: 'email', verificationReason: 'login' });
    await confirm(server, email, sessionToken);
    expect(await server.ok(sessionStatus, { token: ['sessionToken', copy.sessionToken] })).toMatchObject({
      state: 'unverified',
    });
  });
});

describe('session/reauth', () => {
  test('refreshes the time of authentication and gives keys, in the same session', async () => {
    const email = 'reauth@example.com';
    const { sessionToken, authAt, uid } = await signUp(server, email);
    server.clock.advance(2 * HOUR);
    const answer = await server.ok(sessionReauth, {
      token: ['sessionToken', sessionToken],
      query: { keys: 'true' },
      body: { email, authPW: await authPWOf(email) },
    });
    expect(answer).toMatchObject({ uid, authAt: authAt + 7200, verified: true });
    const { kB } = await fetchKeys(server, answer.keyFetchToken, await unwrapBKeyV1(email));
    expect(kB).toMatch(/^[0-9a-f]{64}$/);
  });

  test('asking for keys makes an unconfirmed session confirm itself', async () => {
    const email = 'later@example.com';
    await signUp(server, email);
    server.clock.advance(80 * HOUR);
    const { sessionToken, verified } = await signIn(server, email);
    expect(verified).toBe(true);
    const answer = await server.ok(sessionReauth, {
      token: ['sessionToken', sessionToken],
      query: { keys: 'true' },
      body: { email, authPW: await authPWOf(email), verificationMethod: 'email-otp' },
    });
    expect(answer).toMatchObject({ verified: false, verificationReason: 'login', verificationMethod: 'email-otp' });
    await confirm(server, email, sessionToken);
    await fetchKeys(server, answer.keyFetchToken, await unwrapBKeyV1(email));
  });

  test('is refused for another account and for a wrong password', async () => {
    const email = 'self@example.com';
    const { sessionToken } = await signUp(server, email);
    await signUp(server, 'else@example.com');
    const token = ['sessionToken', sessionToken] as const;
    const foreign = { email: 'else@example.com', authPW: await authPWOf('else@example.com') };
    expect(await server.fails(sessionReauth, { token, body: foreign })).toMatchObject({ errno: 102 });
    const wrong = { email, authPW: '0'.repeat(64) };
    expect(await server.fails(sessionReauth, { token, body: wrong })).toMatchObject({ errno: 103 });
  });
});

describe('six digits', () => {
  test('a code lives through the step after its own and no longer; asking again within a step repeats it', async () => {
    const email = 'digits@example.com';
    const { sessionToken } = await signUp(server, email, { confirm: false });
    const token = ['sessionToken', sessionToken] as const;
    const first = (await server.mail(email)).headers['x-verify-short-code'] ?? '';
    await server.ok(sessionResendCode, { token });
    expect((await server.mail(email)).headers['x-verify-short-code']).toBe(first);
    server.clock.advance(20 * 60 * 1000);
    expect(await server.fails(sessionVerifyCode, { token, body: { code: first } })).toMatchObject({
      code: 400,
      errno: 183,
    });
    await server.ok(sessionResendCode, { token });
    const second = (await server.mail(email)).headers['x-verify-short-code'] ?? '';
    server.clock.advance(10 * 60 * 1000);
    await server.ok(sessionVerifyCode, { token, body: { code: second } });
  });

  test('a verified session asks for nothing: no mail is sent', async () => {
    const email = 'quiet@example.com';
    const { sessionToken } = await signUp(server, email);
    const before = (await server.mails(email)).length;
    await server.ok(sessionResendCode, { token: ['sessionToken', sessionToken] });
    await server.ok(recoveryEmailResendCode, { token: ['sessionToken', sessionToken] });
    expect(await server.mails(email)).toHaveLength(before);
  });
});

describe('links', () => {
  test('the link of a sign-up verifies account and session from any machine, again and again', async () => {
    const email = 'link@example.com';
    const { uid, sessionToken } = await signUp(server, email, { confirm: false });
    const token = ['sessionToken', sessionToken] as const;
    expect(await server.ok(recoveryEmailStatus, { token })).toEqual({
      email,
      emailVerified: false,
      sessionVerified: false,
      verified: false,
    });
    await server.ok(recoveryEmailResendCode, { token });
    const code = (await server.mail(email)).headers['x-verify-code'] ?? '';
    await server.ok(recoveryEmailVerifyCode, { body: { uid, code } });
    await server.ok(recoveryEmailVerifyCode, { body: { uid, code } });
    expect(await server.ok(recoveryEmailStatus, { token })).toMatchObject({ verified: true, sessionVerified: true });
  });

  test('the link of a sign-in verifies that session; it is of no use to another account', async () => {
    const email = 'signinlink@example.com';
    const { uid } = await signUp(server, email);
    const stranger = await signUp(server, 'linkthief@example.com');
    server.clock.advance(80 * HOUR);
    const body = { email, authPW: await authPWOf(email) };
    const { sessionToken } = await server.ok(accountLogin, { query: { keys: 'true' }, body });
    const mail = await server.mail(email);
    expect(mail.headers['x-template-name']).toBe('verifyLogin');
    const code = mail.headers['x-verify-code'] ?? '';
    expect(await server.fails(recoveryEmailVerifyCode, { body: { uid: stranger.uid, code } })).toMatchObject({
      code: 400,
      errno: 105,
    });
    await server.ok(recoveryEmailVerifyCode, { body: { uid, code } });
    expect(await server.ok(sessionStatus, { token: ['sessionToken', sessionToken] })).toMatchObject({
      state: 'verified',
      details: { sessionVerificationMethod: 'email' },
    });
  });

  test('an unknown account and a wrong code are told apart', async () => {
    const { uid } = await signUp(server, 'wrongcode@example.com');
    const code = 'ab'.repeat(16);
    expect(await server.fails(recoveryEmailVerifyCode, { body: { uid, code } })).toMatchObject({ errno: 105 });
    expect(await server.fails(recoveryEmailVerifyCode, { body: { uid: '00'.repeat(16), code } })).toMatchObject({
      errno: 102,
    });
  });

  test('another address cannot be asked to get the mail', async () => {
    const { sessionToken } = await signUp(server, 'own@example.com');
    const error = await server.fails(recoveryEmailResendCode, {
      token: ['sessionToken', sessionToken],
      body: { email: 'other@example.com' },
    });
    expect(error).toMatchObject({ errno: 150 });
  });
});
