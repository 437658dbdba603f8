import {
  accountReset,
  passwordForgotVerifyCode,
  recoveryCodesExists,
  recoveryCodesReplace,
  sessionStatus,
  totpExists,
  totpVerify,
  totpVerifyRecoveryCode,
} from '@foxden/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, turnTotpOn, wrongCode } from '../support/authenticator.js';
import { beginReset, NEW_PASSWORD } from '../support/passwords.js';
import { authPWOf, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const now = () => server.clock.now();

/** Somebody with an authenticator and backup codes, who forgot the password. */
async function forgetful(email: string) {
  const { sessionToken } = await signUp(server, email);
  const secret = await turnTotpOn(server, sessionToken);
  const { recoveryCodes } = await server.ok(recoveryCodesReplace, { token: ['sessionToken', sessionToken] });
  const { token, code } = await beginReset(server, email);
  return { email, secret, backupCode: recoveryCodes[0] ?? '', token: ['passwordForgotToken', token] as const, code };
}

/** The rest of the reset, which answers with a session. */
async function finish(who: Awaited<ReturnType<typeof forgetful>>) {
  const { accountResetToken } = await server.ok(passwordForgotVerifyCode, {
    token: who.token,
    body: { code: who.code },
  });
  return server.call(accountReset, {
    token: ['accountResetToken', accountResetToken],
    body: { authPW: await authPWOf(who.email, NEW_PASSWORD), sessionToken: true },
  });
}

test('a reset of an account with an authenticator does not go through without it', async () => {
  const who = await forgetful('without@example.com');
  expect(await server.ok(totpExists, { token: who.token })).toEqual({ exists: true, verified: true });
  expect(await server.ok(recoveryCodesExists, { token: who.token })).toEqual({ hasBackupCodes: true, count: 8 });
  const wrong = { code: wrongCode(who.secret, now()) };
  expect(await server.ok(totpVerify, { token: who.token, body: wrong })).toEqual({ success: false });
  expect(await finish(who)).toMatchObject({ status: 400, body: { errno: 138 } });
});

test('a code of the authenticator lets it through, and the new session counts as proven by it', async () => {
  const who = await forgetful('totp@example.com');
  const body = { code: codeOf(who.secret, now()) };
  expect(await server.ok(totpVerify, { token: who.token, body })).toEqual({ success: true });
  expect(await server.ok(totpVerify, { token: who.token, body })).toEqual({ success: false });
  const answer = await finish(who);
  expect(answer).toMatchObject({ status: 200, body: { verified: true } });
  const token = ['sessionToken', answer.body.sessionToken ?? ''] as const;
  expect(await server.ok(sessionStatus, { token })).toMatchObject({
    details: { sessionVerificationMethod: 'totp-2fa', sessionVerificationMeetsMinimumAAL: true },
  });
});

test('a backup code lets it through once', async () => {
  const who = await forgetful('backup@example.com');
  const unknown = { code: 'abcdefgh22' };
  expect(await server.fails(totpVerifyRecoveryCode, { token: who.token, body: unknown })).toMatchObject({
    code: 400,
    errno: 156,
  });
  const body = { code: who.backupCode };
  expect(await server.ok(totpVerifyRecoveryCode, { token: who.token, body })).toEqual({ remaining: 7 });
  expect((await server.mail(who.email)).headers['x-template-name']).toBe('postSigninRecoveryCode');
  expect(await server.fails(totpVerifyRecoveryCode, { token: who.token, body })).toMatchObject({ errno: 156 });
  const answer = await finish(who);
  const token = ['sessionToken', answer.body.sessionToken ?? ''] as const;
  expect(await server.ok(sessionStatus, { token })).toMatchObject({
    details: { sessionVerificationMethod: 'recovery-code', sessionVerificationMeetsMinimumAAL: true },
  });
});

test('an account without an authenticator has nothing to prove', async () => {
  const email = 'plain@example.com';
  await signUp(server, email);
  const { token } = await beginReset(server, email);
  const forgot = ['passwordForgotToken', token] as const;
  expect(await server.ok(totpExists, { token: forgot })).toEqual({ exists: false, verified: false });
  expect(await server.ok(recoveryCodesExists, { token: forgot })).toEqual({ hasBackupCodes: false, count: 0 });
  expect(await server.fails(totpVerify, { token: forgot, body: { code: '123456' } })).toMatchObject({ errno: 155 });
});
