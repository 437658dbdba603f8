import {
  accountDestroy,
  accountKeys,
  accountLogin,
  createCodeChallenge,
  oauthEndpoints,
  passwordChangeStart,
  recoveryCodesReplace,
  recoveryEmailResendCode,
  recoveryEmailStatus,
  recoveryEmailVerifyCode,
  sessionDuplicate,
  sessionReauth,
  sessionResendCode,
  sessionStatus,
  sessionVerifyCode,
  sessionVerifyTotp,
  totpDestroy,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, turnTotpOn, wrongCode } from '../support/authenticator.js';
import { authPWOf, confirm, fetchKeys, signIn, signUp, unwrapBKeyV1 } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const HOUR = 60 * 60 * 1000;
const VERIFIER = 'verifier-of-forty-three-characters-or-more-0';
/** Firefox for Android: public, with keys. */
const FENIX = 'a2270f727f45f648';
/** The pages of Firefox's account settings: may have a token for the profile without a code. */
const SETTINGS_CLIENT = '98e6508e88680e1a';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

type Token = readonly ['sessionToken', string];
const tokenOf = (sessionToken: string): Token => ['sessionToken', sessionToken];
const now = () => server.clock.now();

/** Somebody with an authenticator, and a session from before that never proved it. */
async function person(email: string) {
  const { uid, sessionToken } = await signUp(server, email);
  const older = tokenOf((await signIn(server, email)).sessionToken);
  const secret = await turnTotpOn(server, sessionToken);
  return { email, uid, secret, sessionToken, token: tokenOf(sessionToken), older };
}

/** Types what the authenticator shows, and waits for the next code. */
async function enterCode(token: Token, secret: string): Promise<void> {
  expect(await server.ok(sessionVerifyTotp, { token, body: { code: codeOf(secret, now()) } })).toEqual({
    success: true,
  });
  server.clock.advance(30_000);
}

async function authorize(token: Token, acrValues: string) {
  const body = {
    client_id: FENIX,
    state: 'state',
    scope: 'profile',
    acr_values: acrValues,
    code_challenge: await createCodeChallenge(VERIFIER),
    code_challenge_method: 'S256',
  } as const;
  return server.call(oauthEndpoints.oauthAuthorization, { token, body });
}

describe('signing in to an account with an authenticator', () => {
  test.each(['true', 'false'] as const)('asks for its code from a known place too, with keys=%s', async (keys) => {
    const { email } = await person(`always-${keys}@example.com`);
    const mails = (await server.mails(email)).length;
    const answer = await server.ok(accountLogin, {
      query: { keys },
      body: { email, authPW: await authPWOf(email), verificationMethod: 'email-otp' },
    });
    expect(answer).toMatchObject({
      emailVerified: true,
      sessionVerified: false,
      verified: false,
      verificationMethod: 'totp-2fa',
      verificationReason: 'login',
    });
    const token = tokenOf(answer.sessionToken);
    expect(await server.ok(sessionStatus, { token })).toMatchObject({
      state: 'unverified',
      details: { mustVerify: true, sessionVerificationMeetsMinimumAAL: false, verified: false },
    });
    expect(await server.ok(recoveryEmailStatus, { token })).toMatchObject({ verified: false });
    expect(await server.mails(email)).toHaveLength(mails);
  });

  test('gives nothing before the code: no keys, no application; a wrong one is an answer, not an error', async () => {
    const { email, secret } = await person('nothing@example.com');
    const { sessionToken, keyFetchToken } = await signIn(server, email, { keys: true });
    const token = tokenOf(sessionToken);
    const forKeys = { token: ['keyFetchToken', keyFetchToken ?? ''] as const };
    expect(await server.fails(accountKeys, forKeys)).toMatchObject({ code: 400, errno: 104 });
    expect(await authorize(token, '')).toMatchObject({ status: 400, body: { errno: 138 } });
    const wrong = { code: wrongCode(secret, now()) };
    expect(await server.call(sessionVerifyTotp, { token, body: wrong })).toMatchObject({
      status: 200,
      body: { success: false },
    });
    expect(await server.fails(accountKeys, forKeys)).toMatchObject({ errno: 104 });

    await enterCode(token, secret);
    expect((await server.mail(email)).headers['x-template-name']).toBe('newDeviceLogin');
    expect(await server.ok(sessionStatus, { token })).toMatchObject({
      state: 'verified',
      details: { sessionVerificationMethod: 'totp-2fa', sessionVerificationMeetsMinimumAAL: true, verified: true },
    });
    expect((await fetchKeys(server, keyFetchToken, await unwrapBKeyV1(email))).kB).toMatch(/^[0-9a-f]{64}$/);
    expect(await authorize(token, 'AAL2')).toMatchObject({ status: 200 });
  });

  test('cannot be confirmed with the mailbox: nothing is mailed, and what was mailed before is void', async () => {
    const email = 'mailbox@example.com';
    const { uid, sessionToken } = await signUp(server, email);
    server.clock.advance(80 * HOUR);
    const waiting = await signIn(server, email, { keys: true });
    const token = tokenOf(waiting.sessionToken);
    const digits = (await server.mail(email)).headers['x-signin-verify-code'] ?? '';
    const byLink = await server.ok(accountLogin, {
      query: { keys: 'true' },
      body: { email, authPW: await authPWOf(email) },
    });
    const link = (await server.mail(email)).headers['x-verify-code'] ?? '';
    await turnTotpOn(server, sessionToken);
    expect(await server.fails(sessionVerifyCode, { token, body: { code: digits } })).toMatchObject({ errno: 183 });
    expect(await server.fails(recoveryEmailVerifyCode, { body: { uid, code: link } })).toMatchObject({ errno: 105 });
    const keys = { token: ['keyFetchToken', byLink.keyFetchToken ?? ''] as const };
    expect(await server.fails(accountKeys, keys)).toMatchObject({ errno: 104 });
    const mails = (await server.mails(email)).length;
    await server.ok(sessionResendCode, { token });
    await server.ok(recoveryEmailResendCode, { token });
    expect(await server.mails(email)).toHaveLength(mails);
  });

  test('asks sessions for the code that nobody had asked for anything', async () => {
    const email = 'usable@example.com';
    const { sessionToken } = await signUp(server, email);
    server.clock.advance(80 * HOUR);
    const { sessionToken: unasked, verified } = await signIn(server, email);
    expect(verified).toBe(true);
    expect(await authorize(tokenOf(unasked), '')).toMatchObject({ status: 200 });
    const secret = await turnTotpOn(server, sessionToken);
    expect(await authorize(tokenOf(unasked), '')).toMatchObject({ status: 400, body: { errno: 138 } });
    await enterCode(tokenOf(unasked), secret);
    expect(await authorize(tokenOf(unasked), '')).toMatchObject({ status: 200 });
  });

  test('is as before once the authenticator is gone', async () => {
    const { email, token } = await person('gone@example.com');
    server.clock.advance(80 * HOUR);
    const waiting = await signIn(server, email, { keys: true });
    await server.ok(totpDestroy, { token });
    const waitingToken = tokenOf(waiting.sessionToken);
    expect(await server.fails(sessionVerifyTotp, { token: waitingToken, body: { code: '123456' } })).toMatchObject({
      errno: 155,
    });
    await server.ok(sessionResendCode, { token: waitingToken });
    await confirm(server, email, waiting.sessionToken);
    expect(await server.ok(sessionStatus, { token: waitingToken })).toMatchObject({
      state: 'verified',
      details: { sessionVerificationMethod: 'email-2fa', sessionVerificationMeetsMinimumAAL: true },
    });
  });
});

describe('asking for an authenticator that an account does not have', () => {
  test('is refused at sign-in, in body and query, and at a repeated proof', async () => {
    const email = 'without@example.com';
    const { sessionToken } = await signUp(server, email);
    const body = { email, authPW: await authPWOf(email) };
    const asking = { ...body, verificationMethod: 'totp-2fa' } as const;
    const refused = { code: 400, errno: 160 };
    expect(await server.fails(accountLogin, { body: asking })).toMatchObject(refused);
    expect(await server.fails(accountLogin, { body, query: { verificationMethod: 'totp-2fa' } })).toMatchObject(
      refused,
    );
    expect(await server.fails(sessionReauth, { token: tokenOf(sessionToken), body: asking })).toMatchObject(refused);
  });
});

describe('a session that was confirmed before the account had an authenticator', () => {
  test('goes on, but proves less than the account asks for', async () => {
    const { email, older } = await person('older@example.com');
    expect(await server.ok(sessionStatus, { token: older })).toMatchObject({
      state: 'verified',
      details: { sessionVerificationMeetsMinimumAAL: false, verified: true },
    });
    expect(await authorize(older, '')).toMatchObject({ status: 200 });
    expect(await authorize(older, 'AAL2')).toMatchObject({ status: 400, body: { errno: 170, foundValue: 'AAL1' } });
    const authPW = await authPWOf(email);
    const insufficient = { code: 400, errno: 222 };
    expect(await server.fails(accountDestroy, { token: older, body: { email, authPW } })).toMatchObject(insufficient);
    const change = { token: older, body: { email, oldAuthPW: authPW } };
    expect(await server.fails(passwordChangeStart, change)).toMatchObject(insufficient);
  });

  test('is raised by a code, without a mail about a new sign-in', async () => {
    const { email, older, secret } = await person('raise@example.com');
    const mails = (await server.mails(email)).length;
    await enterCode(older, secret);
    expect(await server.mails(email)).toHaveLength(mails);
    expect(await authorize(older, 'AAL2')).toMatchObject({ status: 200 });
    await server.ok(accountDestroy, { token: older, body: { email, authPW: await authPWOf(email) } });
  });

  test('must prove the authenticator before a repeated proof of the password gives it keys', async () => {
    const { email, older, secret } = await person('again@example.com');
    const body = { email, authPW: await authPWOf(email) };
    expect(await server.ok(sessionReauth, { token: older, body })).toMatchObject({ verified: true });
    const answer = await server.ok(sessionReauth, { token: older, query: { keys: 'true' }, body });
    expect(answer).toMatchObject({ verified: false, verificationMethod: 'totp-2fa', verificationReason: 'login' });
    const keys = { token: ['keyFetchToken', answer.keyFetchToken ?? ''] as const };
    expect(await server.fails(accountKeys, keys)).toMatchObject({ errno: 104 });
    await enterCode(older, secret);
    await fetchKeys(server, answer.keyFetchToken, await unwrapBKeyV1(email));
  });
});

describe('a session that proved the authenticator', () => {
  test('gets keys by proving the password again, and has copies that proved it too', async () => {
    const { email, token } = await person('proved@example.com');
    const body = { email, authPW: await authPWOf(email) };
    const answer = await server.ok(sessionReauth, { token, query: { keys: 'true' }, body });
    expect(answer).toMatchObject({ verified: true });
    await fetchKeys(server, answer.keyFetchToken, await unwrapBKeyV1(email));
    const copy = await server.ok(sessionDuplicate, { token, body: {} });
    expect(copy).toMatchObject({ verified: true });
    expect(await authorize(tokenOf(copy.sessionToken), 'AAL2')).toMatchObject({ status: 200 });
  });

  test('that waits for the code has copies that wait for it', async () => {
    const { email, secret } = await person('copy@example.com');
    const { sessionToken } = await signIn(server, email, { keys: true });
    const copy = await server.ok(sessionDuplicate, { token: tokenOf(sessionToken), body: {} });
    expect(copy).toMatchObject({ verified: false, verificationMethod: 'totp-2fa', verificationReason: 'login' });
    await enterCode(tokenOf(sessionToken), secret);
    expect(await server.ok(sessionStatus, { token: tokenOf(copy.sessionToken) })).toMatchObject({
      state: 'unverified',
    });
  });

  test('may delete the account; one that waits may not, and is told that it proved too little', async () => {
    const { email, token, uid } = await person('destroy@example.com');
    await server.ok(recoveryCodesReplace, { token });
    const waiting = tokenOf((await signIn(server, email, { keys: true })).sessionToken);
    const body = { email, authPW: await authPWOf(email) };
    expect(await server.fails(accountDestroy, { token: waiting, body })).toMatchObject({ code: 400, errno: 222 });
    await server.ok(accountDestroy, { token, body });
    const { db } = server.server.context.storage;
    for (const table of ['totpTokens', 'backupCodes', 'pendingTotpSecrets', 'stepUpCodes'] as const) {
      const rows = await db.selectFrom(table).selectAll().where('uid', '=', Buffer.from(uid, 'hex')).execute();
      expect(rows).toEqual([]);
    }
  });

  test('has an account whose profile says so', async () => {
    const { token } = await person('profile@example.com');
    const read = async () => {
      const { access_token } = await server.ok(oauthEndpoints.oauthToken, {
        token,
        body: { client_id: SETTINGS_CLIENT, grant_type: 'fxa-credentials', scope: 'profile' },
      });
      return server.ok(oauthEndpoints.profile, { headers: { authorization: `Bearer ${access_token}` } });
    };
    expect(await read()).toMatchObject({ amrValues: ['pwd', 'email', 'otp'], twoFactorAuthentication: true });
    await server.ok(totpDestroy, { token });
    expect(await read()).toMatchObject({ amrValues: ['pwd', 'email'], twoFactorAuthentication: false });
  });
});
