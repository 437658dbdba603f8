import {
  accountCreate,
  accountCredentialsStatus,
  accountDestroy,
  accountKeys,
  accountLogin,
  accountStatus,
  accountStatusGet,
  getRandomBytes,
  sessionStatus,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  authPWOf,
  confirm,
  fetchKeys,
  signIn,
  signUp,
  signUpVersion2,
  unwrapBKeyV1,
  unwrapBKeyV2,
} from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('account/create', () => {
  test('answers a session and the asked-for verification method, and mails six digits', async () => {
    const email = 'ada@example.com';
    const answer = await signUp(server, email, { confirm: false });
    expect(answer).toMatchObject({ uid: expect.stringMatching(/^[0-9a-f]{32}$/), verificationMethod: 'email-otp' });
    expect(answer).not.toHaveProperty('keyFetchToken');
    expect(answer.authAt).toBe(Math.floor(server.clock.now() / 1000));
    const mail = await server.mail(email);
    expect(mail.headers['x-template-name']).toBe('verifyShortCode');
    expect(mail.headers['x-uid']).toBe(answer.uid);
    expect(mail.headers['x-verify-short-code']).toMatch(/^[0-9]{6}$/);
  });

  test('without a method mails a link with the code of the account', async () => {
    const email = 'link@example.com';
    const { uid } = await server.ok(accountCreate, { body: { email, authPW: await authPWOf(email) } });
    const mail = await server.mail(email);
    expect(mail.headers['x-template-name']).toBe('verify');
    const link = new URL(mail.headers['x-link'] ?? '');
    expect(link.pathname).toBe('/verify_email');
    expect(link.searchParams.get('uid')).toBe(uid);
    expect(link.searchParams.get('code')).toBe(mail.headers['x-verify-code']);
  });

  test('refuses the address of a verified account, in any letter case', async () => {
    await signUp(server, 'taken@example.com');
    const authPW = await authPWOf('TAKEN@example.com');
    const error = await server.fails(accountCreate, { body: { email: 'TAKEN@example.com', authPW } });
    expect(error).toMatchObject({ code: 400, errno: 101, email: 'TAKEN@example.com' });
  });

  test('replaces an account whose address was never proven, and ends its session', async () => {
    const first = await signUp(server, 'mistyped@example.com', { confirm: false });
    const second = await signUp(server, 'mistyped@example.com', { password: 'another password' });
    expect(second.uid).not.toBe(first.uid);
    expect(await server.fails(sessionStatus, { token: ['sessionToken', first.sessionToken] })).toMatchObject({
      errno: 110,
    });
  });

  test('takes version 2 members together or not at all', async () => {
    const email = 'half@example.com';
    const authPW = await authPWOf(email);
    const body = { email, authPW, authPWVersion2: authPW };
    const error = await server.fails(accountCreate, { body });
    expect(error).toMatchObject({ errno: 107, validation: { keys: ['wrapKb', 'wrapKbVersion2', 'clientSalt'] } });
  });

  test('two at once for one address: one account', async () => {
    const email = 'race@example.com';
    const body = { email, authPW: await authPWOf(email), verificationMethod: 'email-otp' as const };
    const answers = await Promise.all(Array.from({ length: 6 }, () => server.call(accountCreate, { body })));
    const alive = await Promise.all(
      answers
        .filter(({ status }) => status === 200)
        .map(({ body: { sessionToken } }) => server.call(sessionStatus, { token: ['sessionToken', sessionToken] })),
    );
    expect(alive.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('account/login and account/keys', () => {
  test('two sign-ins of a version 1 account derive the same kA and kB', async () => {
    const email = 'keys@example.com';
    const created = await signUp(server, email, { keys: true });
    const unwrapBKey = await unwrapBKeyV1(email);
    const atSignUp = await fetchKeys(server, created.keyFetchToken, unwrapBKey);
    const first = await fetchKeys(server, (await signIn(server, email, { keys: true })).keyFetchToken, unwrapBKey);
    const second = await fetchKeys(server, (await signIn(server, email, { keys: true })).keyFetchToken, unwrapBKey);
    expect(first).toEqual(atSignUp);
    expect(second).toEqual(atSignUp);
  });

  test('a version 2 account opens to the kB the client chose, with either version of its password', async () => {
    const email = 'second@example.com';
    const kB = new Uint8Array(32).fill(0xb0);
    const created = await signUpVersion2(server, email, kB);
    const status = await server.ok(accountCredentialsStatus, { body: { email } });
    expect(status).toMatchObject({ currentVersion: 'v2', upgradeNeeded: false });
    const version1 = await fetchKeys(server, created.keyFetchToken, await unwrapBKeyV1(email));
    const version2 = await fetchKeys(
      server,
      created.keyFetchTokenVersion2,
      await unwrapBKeyV2(status.clientSalt ?? ''),
    );
    const hex = Buffer.from(kB).toString('hex');
    expect(version1.kB).toBe(hex);
    expect(version2).toEqual(version1);
    const again = await signIn(server, email, { keys: true });
    expect((await fetchKeys(server, again.keyFetchToken, await unwrapBKeyV1(email))).kB).toBe(hex);
  });

  test('an unverified keyFetchToken survives a refusal and works once the session is confirmed; then never again', async () => {
    const email = 'early@example.com';
    const created = await signUp(server, email, { keys: true, confirm: false });
    const token = ['keyFetchToken', created.keyFetchToken ?? ''] as const;
    expect(await server.fails(accountKeys, { token })).toMatchObject({ code: 400, errno: 104 });
    await confirm(server, email, created.sessionToken);
    await server.ok(accountKeys, { token });
    expect(await server.fails(accountKeys, { token })).toMatchObject({ code: 401, errno: 110 });
  });

  test('of 20 parallel uses of a keyFetchToken one gets the keys', async () => {
    const email = 'once@example.com';
    await signUp(server, email);
    const { keyFetchToken = '' } = await signIn(server, email, { keys: true });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => server.call(accountKeys, { token: ['keyFetchToken', keyFetchToken] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(401)]);
  });

  test('an unknown address, a wrong password and another spelling are told apart', async () => {
    const email = 'Grace@example.com';
    await signUp(server, email);
    const wrong = '0'.repeat(64);
    const unknown = await server.fails(accountLogin, { body: { email: 'nobody@example.com', authPW: wrong } });
    expect(unknown).toMatchObject({ code: 400, errno: 102, email: 'nobody@example.com' });
    const bad = await server.fails(accountLogin, { body: { email, authPW: wrong } });
    expect(bad).toMatchObject({ code: 400, errno: 103, email });
    const spelling = { email: 'grace@example.com', authPW: await authPWOf('grace@example.com') };
    expect(await server.fails(accountLogin, { body: spelling })).toMatchObject({ errno: 120, email });
    const retried = { email, authPW: await authPWOf(email), originalLoginEmail: 'grace@example.com' };
    expect(await server.ok(accountLogin, { body: retried })).toMatchObject({ verified: true });
  });

  test('an unverified account is told to confirm by the method it asked for, and gets another mail', async () => {
    const email = 'unverified@example.com';
    await signUp(server, email, { confirm: false });
    const answer = await signIn(server, email);
    expect(answer).toMatchObject({
      emailVerified: false,
      sessionVerified: false,
      verified: false,
      verificationMethod: 'email-otp',
      verificationReason: 'signup',
    });
    expect(await server.mails(email)).toHaveLength(2);
    await confirm(server, email, answer.sessionToken);
    const status = await server.ok(sessionStatus, { token: ['sessionToken', answer.sessionToken] });
    expect(status).toMatchObject({ state: 'verified', details: { accountEmailVerified: true, verified: true } });
  });

  test('a second factor that the account lacks is refused', async () => {
    const email = 'nofactor@example.com';
    await signUp(server, email);
    const body = { email, authPW: await authPWOf(email), verificationMethod: 'totp-2fa' as const };
    expect(await server.fails(accountLogin, { body })).toMatchObject({ errno: 160 });
  });
});

describe('sign-in confirmation', () => {
  const HOUR = 60 * 60 * 1000;

  test('a sign-in with keys from an unknown address must be confirmed; the code works once', async () => {
    const email = 'away@example.com';
    const { uid } = await signUp(server, email);
    server.clock.advance(73 * HOUR);
    const answer = await signIn(server, email, { keys: true });
    expect(answer).toMatchObject({
      emailVerified: true,
      sessionVerified: false,
      verified: false,
      verificationMethod: 'email-otp',
      verificationReason: 'login',
    });
    const { headers } = await server.mail(email);
    expect(headers).toMatchObject({ 'x-template-name': 'verifyLoginCode', 'x-uid': uid });
    const token = ['keyFetchToken', answer.keyFetchToken ?? ''] as const;
    expect(await server.fails(accountKeys, { token })).toMatchObject({ errno: 104 });
    await confirm(server, email, answer.sessionToken);
    await server.ok(accountKeys, { token });
    await expect(confirm(server, email, answer.sessionToken)).rejects.toThrow();
  });

  test('the same address signs in unasked for 72 hours after a confirmed sign-in', async () => {
    const email = 'home@example.com';
    await signUp(server, email);
    server.clock.advance(71 * HOUR);
    expect(await signIn(server, email, { keys: true })).toMatchObject({ verified: true, sessionVerified: true });
    expect((await server.mail(email)).headers['x-template-name']).toBe('newDeviceLogin');
  });

  test('without keys the session is usable at once, and reported as not yet verified', async () => {
    const email = 'light@example.com';
    await signUp(server, email);
    server.clock.advance(73 * HOUR);
    const answer = await signIn(server, email);
    expect(answer).toMatchObject({ verified: true, sessionVerified: true });
    const status = await server.ok(sessionStatus, { token: ['sessionToken', answer.sessionToken] });
    expect(status).toMatchObject({ state: 'unverified', details: { mustVerify: false, verified: true } });
  });
});

describe('account status', () => {
  test('by address: whether it exists and how it signs in', async () => {
    const email = 'status@example.com';
    await signUp(server, email);
    expect(await server.ok(accountStatus, { body: { email: 'STATUS@example.com' } })).toEqual({ exists: true });
    expect(await server.ok(accountStatus, { body: { email, thirdPartyAuthStatus: true } })).toMatchObject({
      exists: true,
      hasPassword: true,
      hasLinkedAccount: false,
    });
    expect(await server.ok(accountStatus, { body: { email: 'void@example.com' } })).toEqual({ exists: false });
  });

  test('by uid and by session; with neither it says what is missing', async () => {
    const { uid, sessionToken } = await signUp(server, 'byuid@example.com');
    expect(await server.ok(accountStatusGet, { query: { uid } })).toEqual({ exists: true });
    expect(await server.ok(accountStatusGet, { query: { uid: '0'.repeat(32) } })).toEqual({ exists: false });
    const session = await server.ok(accountStatusGet, { token: ['sessionToken', sessionToken] });
    expect(session).toMatchObject({ exists: true, hasPassword: true });
    expect(await server.fails(accountStatusGet)).toMatchObject({ errno: 108, param: 'uid' });
  });

  test('credentials: an unknown address is 102, a version 1 account wants the upgrade', async () => {
    const email = 'old@example.com';
    await signUp(server, email);
    expect(await server.ok(accountCredentialsStatus, { body: { email } })).toEqual({
      currentVersion: 'v1',
      upgradeNeeded: true,
    });
    const unknown = await server.fails(accountCredentialsStatus, { body: { email: 'void@example.com' } });
    expect(unknown).toMatchObject({ errno: 102 });
  });
});

describe('account/destroy', () => {
  test('needs the right password and the own address, and leaves nothing that works', async () => {
    const email = 'leaving@example.com';
    const other = 'staying@example.com';
    const { uid, sessionToken } = await signUp(server, email);
    await signUp(server, other);
    const token = ['sessionToken', sessionToken] as const;
    const body = { email, authPW: await authPWOf(email) };
    expect(await server.fails(accountDestroy, { token, body: { ...body, authPW: '0'.repeat(64) } })).toMatchObject({
      errno: 103,
    });
    const foreign = { email: other, authPW: await authPWOf(other) };
    expect(await server.fails(accountDestroy, { token, body: foreign })).toMatchObject({ errno: 102 });
    expect(await server.ok(accountDestroy, { token, body })).toEqual({});
    expect(await server.fails(sessionStatus, { token })).toMatchObject({ code: 401, errno: 110 });
    expect(await server.ok(accountStatusGet, { query: { uid } })).toEqual({ exists: false });
    expect(await server.fails(accountLogin, { body })).toMatchObject({ errno: 102 });
  });

  test('an account that was never confirmed can be deleted too, as PyFxA does it', async () => {
    const email = 'nobodyyet@example.com';
    const { sessionToken } = await signUp(server, email, { confirm: false });
    const body = { email, authPW: await authPWOf(email) };
    expect(await server.ok(accountDestroy, { token: ['sessionToken', sessionToken], body })).toEqual({});
    expect(await server.fails(accountLogin, { body })).toMatchObject({ errno: 102 });
  });
});

test('get_random_bytes needs no body and never repeats', async () => {
  const response = await server.raw('/v1/get_random_bytes', { method: 'POST' });
  const { data } = (await response.json()) as { data: string };
  expect(data).toMatch(/^[0-9a-f]{64}$/);
  expect((await server.ok(getRandomBytes)).data).not.toBe(data);
});
