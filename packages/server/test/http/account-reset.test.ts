import {
  accountCredentialsStatus,
  accountLogin,
  accountReset,
  deriveToken,
  hexToBytes,
  oauthEndpoints,
  openRecoveryData,
  passwordChangeFinish,
  passwordForgotStatus,
  passwordForgotVerifyCode,
  recoveryKeyExists,
  recoveryKeyGet,
  sessionStatus,
  totpVerify,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, turnTotpOn } from '../support/authenticator.js';
import {
  beginReset,
  credentialsOf,
  keysOf,
  NEW_PASSWORD,
  resetTokenFor,
  startChange,
  storeRecoveryKey,
} from '../support/passwords.js';
import { authPWOf, fetchKeys, PASSWORD, signIn, signUp, unwrapBKeyV1, unwrapBKeyV2 } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const MINUTE = 60_000;
const NEW_KB = 'ab'.repeat(32);
/** The pages of Firefox's account settings: a public client. */
const SETTINGS_CLIENT = '98e6508e88680e1a';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function templates(email: string): Promise<(string | undefined)[]> {
  return (await server.mails(email)).map(({ headers }) => headers['x-template-name']);
}

async function keysChangedAt(uid: string): Promise<number | undefined> {
  const { db } = server.server.context.storage;
  const row = await db
    .selectFrom('accounts')
    .select('keysChangedAt')
    .where('uid', '=', hexToBytes(uid))
    .executeTakeFirst();
  return row?.keysChangedAt;
}

describe('without the recovery key', () => {
  test('version 1: the old password is out, the new one in, kA stays and kB is new', async () => {
    const email = 'v1@example.com';
    const { uid } = await signUp(server, email);
    const before = await keysOf(server, email);
    const changedBefore = await keysChangedAt(uid);
    server.clock.advance(MINUTE);
    const token = ['accountResetToken', await resetTokenFor(server, email)] as const;
    const body = { authPW: await authPWOf(email, NEW_PASSWORD) };
    expect(await server.ok(accountReset, { token, body })).toEqual({});
    expect(await server.fails(accountLogin, { body: { email, authPW: await authPWOf(email) } })).toMatchObject({
      errno: 103,
    });
    const after = await keysOf(server, email, NEW_PASSWORD);
    expect(after.kA).toBe(before.kA);
    expect(after.kB).not.toBe(before.kB);
    expect(await keysChangedAt(uid)).toBe((changedBefore ?? 0) + MINUTE);
    expect((await templates(email)).filter((name) => name === 'passwordReset')).toHaveLength(1);
  });

  test('version 2: a session, and keyFetchTokens of both versions that open to the kB the client chose', async () => {
    const email = 'v2@example.com';
    const { uid } = await signUp(server, email);
    const token = ['accountResetToken', await resetTokenFor(server, email)] as const;
    const credentials = await credentialsOf(email, NEW_PASSWORD, NEW_KB);
    const reset = await server.ok(accountReset, {
      token,
      query: { keys: 'true' },
      body: { ...credentials, sessionToken: true },
    });
    expect(reset).toMatchObject({
      uid,
      authAt: Math.floor(server.clock.now() / 1000),
      emailVerified: true,
      sessionVerified: true,
      verified: true,
    });
    expect(await server.ok(sessionStatus, { token: ['sessionToken', reset.sessionToken ?? ''] })).toMatchObject({
      state: 'verified',
    });
    const { kB } = await fetchKeys(server, reset.keyFetchToken, await unwrapBKeyV1(email, NEW_PASSWORD));
    expect(kB).toBe(NEW_KB);
    const unwrapBKey = await unwrapBKeyV2(credentials.clientSalt, NEW_PASSWORD);
    expect((await fetchKeys(server, reset.keyFetchTokenVersion2, unwrapBKey)).kB).toBe(NEW_KB);
  });

  test('a version 1 reset clears version 2 credentials, so their old password cannot come back', async () => {
    const email = 'clears@example.com';
    await signUp(server, email);
    const both = await credentialsOf(email, PASSWORD, NEW_KB);
    const first = ['accountResetToken', await resetTokenFor(server, email)] as const;
    await server.ok(accountReset, { token: first, body: both });
    await server.ok(accountLogin, { body: { email, authPW: both.authPWVersion2 } });
    const second = ['accountResetToken', await resetTokenFor(server, email)] as const;
    await server.ok(accountReset, { token: second, body: { authPW: await authPWOf(email, NEW_PASSWORD) } });
    expect(await server.ok(accountCredentialsStatus, { body: { email } })).toMatchObject({ currentVersion: 'v1' });
    expect(await server.fails(accountLogin, { body: { email, authPW: both.authPWVersion2 } })).toMatchObject({
      errno: 103,
    });
  });

  test('revokes all there is: sessions, unfinished changes and resets, OAuth tokens, the recovery key', async () => {
    const email = 'revoked@example.com';
    const { uid, sessionToken } = await signUp(server, email);
    const session = ['sessionToken', sessionToken] as const;
    const { kB } = await keysOf(server, email);
    await storeRecoveryKey(server, { uid, sessionToken }, kB);
    const change = await startChange(server, email, sessionToken);
    const { access_token } = await server.ok(oauthEndpoints.oauthToken, {
      token: session,
      body: { client_id: SETTINGS_CLIENT, grant_type: 'fxa-credentials', scope: 'profile' },
    });
    const otherReset = await resetTokenFor(server, email);
    const otherForgot = await beginReset(server, email);
    const resetToken = await resetTokenFor(server, email);
    const body = { authPW: await authPWOf(email, NEW_PASSWORD) };
    await server.ok(accountReset, { token: ['accountResetToken', resetToken], body });

    expect(await server.fails(sessionStatus, { token: session })).toMatchObject({ errno: 110 });
    const finish = await server.fails(passwordChangeFinish, {
      token: ['passwordChangeToken', change.passwordChangeToken],
      body: { authPW: '1'.repeat(64), wrapKb: '1'.repeat(64) },
    });
    expect(finish).toMatchObject({ errno: 110 });
    const forgot = ['passwordForgotToken', otherForgot.token] as const;
    expect(await server.fails(passwordForgotStatus, { token: forgot })).toMatchObject({ errno: 110 });
    const again = await server.fails(accountReset, { token: ['accountResetToken', otherReset], body });
    expect(again).toMatchObject({ errno: 110 });
    expect(await server.fails(oauthEndpoints.verify, { body: { token: access_token } })).toMatchObject({ errno: 108 });
    expect(await server.ok(recoveryKeyExists, { body: { email } })).toEqual({ exists: false });
  });

  test('recommends a recovery key in the mail when the page asked for it', async () => {
    const email = 'prompt@example.com';
    await signUp(server, email);
    const { token, code } = await beginReset(server, email);
    const { accountResetToken } = await server.ok(passwordForgotVerifyCode, {
      token: ['passwordForgotToken', token],
      body: { code, includeRecoveryKeyPrompt: true },
    });
    const body = { authPW: await authPWOf(email, NEW_PASSWORD) };
    await server.ok(accountReset, { token: ['accountResetToken', accountResetToken], body });
    expect((await templates(email)).slice(-1)).toEqual(['passwordResetWithRecoveryKeyPrompt']);
  });
});

describe('with the recovery key', () => {
  async function prepared(email: string) {
    const account = await signUp(server, email);
    const before = await keysOf(server, email);
    const { key, recoveryKeyId } = await storeRecoveryKey(server, account, before.kB);
    const token = ['accountResetToken', await resetTokenFor(server, email)] as const;
    return { ...account, ...before, key, recoveryKeyId, token };
  }

  test.each([
    ['version 1', false],
    ['both versions', true],
  ])('%s: kA and kB survive, and keysChangedAt does not move', async (name, version2) => {
    const email = `${name.replace(' ', '')}@example.com`;
    const { uid, kA, key, recoveryKeyId, token } = await prepared(email);
    const changedBefore = await keysChangedAt(uid);
    server.clock.advance(MINUTE);
    const { recoveryData } = await server.ok(recoveryKeyGet, { token, params: { recoveryKeyId } });
    const kB = Buffer.from(await openRecoveryData(key, uid, recoveryData)).toString('hex');
    const both = await credentialsOf(email, NEW_PASSWORD, kB);
    const credentials = version2 ? both : { authPW: both.authPW, wrapKb: both.wrapKb };
    const reset = await server.ok(accountReset, {
      token,
      query: { keys: 'true' },
      body: { ...credentials, recoveryKeyId, sessionToken: true },
    });
    const opened = await fetchKeys(server, reset.keyFetchToken, await unwrapBKeyV1(email, NEW_PASSWORD));
    expect(opened).toEqual({ kA, kB });
    expect(reset.keyFetchTokenVersion2 !== undefined).toBe(version2);
    expect(await keysChangedAt(uid)).toBe(changedBefore);
    expect(await server.ok(recoveryKeyExists, { body: { email } })).toEqual({ exists: false });
    expect((await templates(email)).slice(-1)).toEqual(['passwordResetAccountRecovery']);
  });

  test('a phone gets the mail that recommends a new key', async () => {
    const email = 'phone@example.com';
    const { kB, recoveryKeyId, token } = await prepared(email);
    const body = { ...(await credentialsOf(email, NEW_PASSWORD, kB)), recoveryKeyId, isFirefoxMobileClient: true };
    await server.ok(accountReset, { token, body });
    expect((await templates(email)).slice(-1)).toEqual(['passwordResetWithRecoveryKeyPrompt']);
  });

  test('the wrong key: 159, none: 158; neither uses the token up nor changes anything', async () => {
    const email = 'wrongkey@example.com';
    const { kB, recoveryKeyId, token, sessionToken } = await prepared(email);
    const credentials = await credentialsOf(email, NEW_PASSWORD, kB);
    const wrong = await server.fails(accountReset, {
      token,
      body: { ...credentials, recoveryKeyId: '0'.repeat(32) },
    });
    expect(wrong).toMatchObject({ code: 400, errno: 159 });
    await server.ok(sessionStatus, { token: ['sessionToken', sessionToken] });
    await server.ok(accountReset, { token, body: { ...credentials, recoveryKeyId } });

    const next = ['accountResetToken', await resetTokenFor(server, email)] as const;
    const none = await server.fails(accountReset, { token: next, body: { ...credentials, recoveryKeyId } });
    expect(none).toMatchObject({ code: 400, errno: 158 });
  });
});

describe('members that contradict each other', () => {
  test('are refused before anything is hashed or used up', async () => {
    const email = 'contradiction@example.com';
    await signUp(server, email);
    const token = ['accountResetToken', await resetTokenFor(server, email)] as const;
    const { authPW, ...version2 } = await credentialsOf(email, NEW_PASSWORD, NEW_KB);
    const refuse = (body: object, query: { keys?: 'true' } = {}) =>
      server.fails(accountReset, { token, query, body: { authPW, ...body } });
    for (const name of ['wrapKb', 'authPWVersion2', 'wrapKbVersion2', 'clientSalt'] as const) {
      expect(await refuse({ ...version2, [name]: undefined })).toMatchObject({
        errno: 107,
        validation: { source: 'payload', keys: [name] },
      });
    }
    expect(await refuse({ wrapKb: version2.wrapKb })).toMatchObject({
      errno: 107,
      validation: { keys: ['recoveryKeyId'] },
    });
    expect(await refuse({ recoveryKeyId: '0'.repeat(32) })).toMatchObject({
      errno: 107,
      validation: { keys: ['wrapKb'] },
    });
    expect(await refuse({}, { keys: 'true' })).toMatchObject({ errno: 108, param: 'sessionToken' });
    expect(await refuse({ sessionToken: 'x' })).toMatchObject({ errno: 107, validation: { keys: ['sessionToken'] } });
    await server.ok(accountReset, { token, body: { authPW } });
  });
});

describe('the accountResetToken', () => {
  test('works once, also for many at once, and one new password results', async () => {
    const email = 'race@example.com';
    await signUp(server, email);
    const token = ['accountResetToken', await resetTokenFor(server, email)] as const;
    const passwords = Array.from({ length: 10 }, (_, n) => `new password ${n}`);
    const answers = await Promise.all(
      passwords.map(async (password) =>
        server.call(accountReset, { token, body: { authPW: await authPWOf(email, password) } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(401)]);
    const works = await Promise.all(
      passwords.map(async (password) => {
        const body = { email, authPW: await authPWOf(email, password) };
        return (await server.call(accountLogin, { body })).status;
      }),
    );
    expect(works).toEqual(answers.map(({ status }) => (status === 200 ? 200 : 400)));
  });

  test('works until fifteen minutes have passed, not a millisecond longer', async () => {
    const email = 'edge@example.com';
    await signUp(server, email);
    const body = { authPW: await authPWOf(email, NEW_PASSWORD) };
    const late = ['accountResetToken', await resetTokenFor(server, email)] as const;
    server.clock.advance(15 * MINUTE);
    expect(await server.fails(accountReset, { token: late, body })).toMatchObject({ code: 401, errno: 110 });
    const timely = ['accountResetToken', await resetTokenFor(server, email)] as const;
    server.clock.advance(15 * MINUTE - 1);
    await server.ok(accountReset, { token: timely, body });
  });

  test('is taken as Hawk id too, and its body is required', async () => {
    const email = 'hawk@example.com';
    await signUp(server, email);
    const { tokenId } = await deriveToken('accountResetToken', hexToBytes(await resetTokenFor(server, email)));
    const headers = { authorization: `Hawk id="${tokenId}", ts="1353832234", nonce="j4h3g2", mac="x"` };
    const response = await server.raw('/v1/account/reset', { method: 'POST', headers });
    expect(await response.json()).toMatchObject({ code: 401, errno: 109 });
    await server.ok(accountReset, { headers, body: { authPW: await authPWOf(email, NEW_PASSWORD) } });
  });
});

describe('an account with a second factor', () => {
  async function withTotp(email: string) {
    const account = await signUp(server, email);
    const { kB } = await keysOf(server, email);
    return { ...account, kB, secret: await turnTotpOn(server, account.sessionToken) };
  }

  test('needs it, or the recovery key: without either 138 and nothing changes', async () => {
    const email = 'totp@example.com';
    const { sessionToken } = await withTotp(email);
    const token = ['accountResetToken', await resetTokenFor(server, email)] as const;
    const body = { authPW: await authPWOf(email, NEW_PASSWORD) };
    expect(await server.fails(accountReset, { token, body })).toMatchObject({ code: 400, errno: 138 });
    await server.ok(sessionStatus, { token: ['sessionToken', sessionToken] });
    await signIn(server, email);
  });

  test('a code within the reset goes along to the new session', async () => {
    const email = 'totp2@example.com';
    const { secret } = await withTotp(email);
    const { token, code } = await beginReset(server, email);
    const forgot = ['passwordForgotToken', token] as const;
    const proof = { code: codeOf(secret, server.clock.now()) };
    expect(await server.ok(totpVerify, { token: forgot, body: proof })).toEqual({ success: true });
    const { accountResetToken } = await server.ok(passwordForgotVerifyCode, { token: forgot, body: { code } });
    const reset = await server.ok(accountReset, {
      token: ['accountResetToken', accountResetToken],
      body: { authPW: await authPWOf(email, NEW_PASSWORD), sessionToken: true },
    });
    const session = await server.ok(sessionStatus, { token: ['sessionToken', reset.sessionToken ?? ''] });
    expect(session.details).toMatchObject({
      sessionVerificationMethod: 'totp-2fa',
      sessionVerificationMeetsMinimumAAL: true,
    });
  });

  test('the recovery key stands in for it', async () => {
    const email = 'totp3@example.com';
    const { uid, sessionToken, kB } = await withTotp(email);
    const { recoveryKeyId } = await storeRecoveryKey(server, { uid, sessionToken }, kB);
    const reset = await server.ok(accountReset, {
      token: ['accountResetToken', await resetTokenFor(server, email)],
      body: { ...(await credentialsOf(email, NEW_PASSWORD, kB)), recoveryKeyId, sessionToken: true },
    });
    const session = await server.ok(sessionStatus, { token: ['sessionToken', reset.sessionToken ?? ''] });
    expect(session.details.sessionVerificationMethod).toBe('totp-2fa');
    // The next sign-in still asks for it.
    expect(await signIn(server, email, { password: NEW_PASSWORD, keys: true })).toMatchObject({
      verified: false,
      verificationMethod: 'totp-2fa',
    });
  });
});

test('a reset forgets the attempts that were counted for the address', async () => {
  const limited = await startTestServer({ rateLimits: true });
  try {
    const email = 'lockedout@example.com';
    await signUp(limited, email);
    const body = { email, authPW: '0'.repeat(64) };
    for (let n = 0; n < 5; n += 1) expect(await limited.fails(accountLogin, { body })).toMatchObject({ errno: 103 });
    expect(await limited.fails(accountLogin, { body })).toMatchObject({ errno: 114 });
    const token = ['accountResetToken', await resetTokenFor(limited, email)] as const;
    await limited.ok(accountReset, { token, body: { authPW: await authPWOf(email, NEW_PASSWORD) } });
    await signIn(limited, email, { password: NEW_PASSWORD });
  } finally {
    await limited.close();
  }
});

test('an account that was locked until its password changes is free after a reset', async () => {
  const email = 'locked@example.com';
  const { uid } = await signUp(server, email);
  const { db } = server.server.context.storage;
  const account = hexToBytes(uid);
  await db.updateTable('accounts').set({ lockedAt: server.clock.now() }).where('uid', '=', account).execute();
  const token = ['accountResetToken', await resetTokenFor(server, email)] as const;
  await server.ok(accountReset, { token, body: { authPW: await authPWOf(email, NEW_PASSWORD) } });
  const row = await db.selectFrom('accounts').select('lockedAt').where('uid', '=', account).executeTakeFirst();
  expect(row).toEqual({ lockedAt: null });
});
