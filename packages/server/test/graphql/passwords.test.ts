import { accountCreate, openRecoveryData, sendUnblockCode } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphqlCaller, runGraphql } from '../support/graphql.js';
import { credentialsOf, keysOf, NEW_PASSWORD, storeRecoveryKey } from '../support/passwords.js';
import { authPWOf, confirm, signIn, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const FOUR_DAYS = 4 * 24 * 60 * 60 * 1000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const { ask, change, refused } = graphqlCaller(() => server);

describe('signing in and passwords', () => {
  const sign = 'uid sessionToken authAt keyFetchToken verificationMethod';

  test('an account is made, confirmed, signed in to and proven again', async () => {
    const email = 'life@example.com';
    const authPW = await authPWOf(email);
    const options = { keys: true, verificationMethod: 'email-otp' };
    const { sessionToken, uid } = await change('signUp', 'SignUpInput', { email, authPW, options }, { selects: sign });
    const token = String(sessionToken);
    // Keys were asked for, so the session has to be verified first, which REST does.
    await confirm(server, email, token);
    const selects = 'uid sessionToken verified emailVerified sessionVerified authAt metricsEnabled keyFetchToken';
    const signedIn = await change('signIn', 'SignInInput', { email, authPW, options: { keys: false } }, { selects });
    expect(signedIn).toMatchObject({ uid, verified: true, emailVerified: true, keyFetchToken: null });
    const again = await change(
      'reauthSession',
      'SessionReauthInput',
      { email, authPW, sessionToken, options: { keys: true, reason: 'recovery_key' } },
      { selects: 'uid verified sessionVerified authAt keyFetchToken' },
    );
    expect(again).toMatchObject({ uid, verified: true, keyFetchToken: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const query = 'mutation ($input: String!) { wrappedAccountKeys(input: $input) { kA wrapKB } }';
    const { wrappedAccountKeys } = await ask<{ wrappedAccountKeys: { kA: string } }>(query, {
      input: again['keyFetchToken'],
    });
    expect(wrappedAccountKeys.kA).toBe((await keysOf(server, email)).kA);
    // Keys are fetched once.
    const { errors } = await runGraphql(server, query, { input: again['keyFetchToken'] });
    expect(errors?.[0]?.extensions).toMatchObject({ errno: 110 });
  });

  test('a session without the keys is verified by mailed digits', async () => {
    const email = 'mailed@example.com';
    await signUp(server, email);
    server.clock.advance(FOUR_DAYS);
    for (const [name, type] of [
      ['verifySession', 'VerifySessionInput'],
      ['verifyCode', 'SessionVerifyCodeInput'],
    ] as const) {
      const { sessionToken: token } = await signIn(server, email);
      server.clock.advance(FOUR_DAYS);
      await change('sendSessionVerificationCode', 'SendSessionVerificationInput', {}, { token });
      await change('resendVerifyCode', 'SendSessionVerificationInput', {}, { token });
      const { headers } = await server.mail(email);
      const code = headers['x-signin-verify-code'] ?? headers['x-verify-short-code'];
      await change(name, type, { code }, { token });
      expect(await ask('{ session { verified } }', {}, token)).toEqual({ session: { verified: true } });
    }
  });

  test('credentials are told of by both of their names', async () => {
    await signUp(server, 'versions@example.com');
    const query = `mutation ($input: String!) {
      credentialStatus(input: $input) { upgradeNeeded currentVersion version clientSalt }
    }`;
    expect(await ask(query, { input: 'versions@example.com' })).toEqual({
      credentialStatus: { upgradeNeeded: true, currentVersion: 'v1', version: 'v1', clientSalt: null },
    });
  });

  test.each([true, false])(
    'a password is changed, and the session replaced (with the session: %s)',
    async (bySession) => {
      const email = `changing-${bySession}@example.com`;
      const { sessionToken } = await signUp(server, email);
      const { kB } = await keysOf(server, email);
      const start = await change(
        'passwordChangeStart',
        'PasswordChangeStartInput',
        { email, oldAuthPW: await authPWOf(email), ...(bySession && { sessionToken }) },
        { selects: 'keyFetchToken passwordChangeToken verified' },
      );
      const credentials = await credentialsOf(email, NEW_PASSWORD, kB);
      const finish = await change(
        'passwordChangeFinish',
        'PasswordChangeFinishInput',
        { ...credentials, passwordChangeToken: start['passwordChangeToken'], sessionToken, keys: 'true' },
        { selects: 'uid sessionToken verified authAt keyFetchToken keyFetchToken2' },
      );
      expect(finish).toMatchObject({ verified: true, keyFetchToken: expect.any(String) });
      expect(await ask('{ session { verified } }', {}, String(finish['sessionToken']))).toEqual({
        session: { verified: true },
      });
      expect((await signIn(server, email, { password: NEW_PASSWORD })).verified).toBe(true);
    },
  );

  test('a forgotten password is reset by link, with the data of a recovery key', async () => {
    const email = 'forgetful@example.com';
    const { uid, sessionToken } = await signUp(server, email);
    const { kB } = await keysOf(server, email);
    const { key, recoveryKeyId } = await storeRecoveryKey(server, { uid, sessionToken }, kB);
    const { passwordForgotToken: token } = await change(
      'passwordForgotSendCode',
      'PasswordForgotSendCodeInput',
      { email, lang: 'en' },
      { selects: 'passwordForgotToken' },
    );
    const code = (await server.mail(email)).headers['x-recovery-code'];
    const left = await change(
      'passwordForgotCodeStatus',
      'PasswordForgotCodeStatusInput',
      { token },
      { selects: 'tries ttl' },
    );
    expect(left).toMatchObject({ tries: 3, ttl: expect.any(Number) });
    const { accountResetToken } = await change(
      'passwordForgotVerifyCode',
      'PasswordForgotVerifyCodeInput',
      { token, code },
      { selects: 'accountResetToken' },
    );
    const { getRecoveryKeyBundle } = await ask<{ getRecoveryKeyBundle: { recoveryData: string } }>(
      `query GetRecoveryKeyBundle($input: RecoveryKeyBundleInput!) {
        getRecoveryKeyBundle(input: $input) { recoveryData }
      }`,
      { input: { accountResetToken, recoveryKeyId } },
    );
    const opened = await openRecoveryData(key, uid, getRecoveryKeyBundle.recoveryData);
    expect(Buffer.from(opened).toString('hex')).toBe(kB);
    const reset = await change(
      'accountReset',
      'AccountResetInput',
      {
        accountResetToken,
        newPasswordAuthPW: await authPWOf(email, NEW_PASSWORD),
        options: { keys: true, sessionToken: true },
      },
      { selects: 'uid sessionToken verified authAt keyFetchToken unwrapBKey' },
    );
    expect(reset).toMatchObject({ uid, sessionToken: expect.any(String), unwrapBKey: null });
    expect((await signIn(server, email, { password: NEW_PASSWORD })).uid).toBe(uid);
  });

  test('a link confirms an account, once', async () => {
    const email = 'linked@example.com';
    const { uid, sessionToken } = await server.ok(accountCreate, { body: { email, authPW: await authPWOf(email) } });
    const code = (await server.mail(email)).headers['x-verify-code'];
    const wrong = await refused('emailVerifyCode', 'EmailVerifyCodeInput', { uid, code: '0'.repeat(32) });
    expect(wrong?.[0]?.extensions).toMatchObject({ errno: 105 });
    await change('emailVerifyCode', 'EmailVerifyCodeInput', { uid, code, service: 'sync' });
    expect(await ask('{ account { emails { verified } } }', {}, sessionToken)).toEqual({
      account: { emails: [{ verified: true }] },
    });
  });

  test('an unblock code is rejected, in either case of letters', async () => {
    const email = 'unblocked@example.com';
    const { uid } = await signUp(server, email);
    await server.ok(sendUnblockCode, { body: { email } });
    const unblockCode = ((await server.mail(email)).headers['x-unblock-code'] ?? '').toLowerCase();
    await change('rejectUnblockCode', 'RejectUnblockCodeInput', { uid, unblockCode });
    const again = await refused('rejectUnblockCode', 'RejectUnblockCodeInput', { uid, unblockCode });
    expect(again?.[0]?.extensions).toMatchObject({ errno: 127 });
  });

  test('a token of the input that is not known is errno 110, and so is text that is none', async () => {
    for (const token of ['0'.repeat(64), 'xyz']) {
      const errors = await refused('passwordForgotCodeStatus', 'PasswordForgotCodeStatusInput', { token });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 401, errno: 110 });
    }
  });

  test('wrong passwords have the extensions of the REST error', async () => {
    await signUp(server, 'wrong@example.com');
    const input = { email: 'wrong@example.com', authPW: '0'.repeat(64), options: {} };
    const errors = await refused('signIn', 'SignInInput', input);
    expect(errors).toMatchObject([
      {
        message: 'Incorrect password',
        path: ['signIn'],
        extensions: { code: 400, errno: 103, info: expect.any(String) },
      },
    ]);
    expect(errors?.[0]?.extensions).not.toHaveProperty('message');
  });
});
