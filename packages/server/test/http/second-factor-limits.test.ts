import {
  MFA_ACTIONS,
  type MfaAction,
  mfaOtpRequest,
  mfaOtpVerify,
  sessionVerifyRecoveryCode,
  sessionVerifyTotp,
  totpCreate,
  totpReplaceConfirm,
  totpReplaceStart,
  totpSetupVerify,
  totpVerify,
  totpVerifyRecoveryCode,
} from '@foxden/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeOf, turnTotpOn, wrongCode } from '../support/authenticator.js';
import { beginReset } from '../support/passwords.js';
import { signIn, signUp } from '../support/person.js';
import { type Answer, startTestServer, type TestServer } from '../support/test-server.js';

const EMAIL = 'limited@example.com';
const MINUTE = 60_000;

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ rateLimits: true });
});
afterEach(() => server.close());

const tokenOf = (sessionToken: string) => ['sessionToken', sessionToken] as const;

/** So many attempts are answered somehow; the next one is refused for so long (seconds), and says so twice. */
async function expectLimit(attempts: number, seconds: number, call: () => Promise<Answer<unknown>>): Promise<void> {
  for (let n = 0; n < attempts; n += 1) expect((await call()).status).not.toBe(429);
  const refused = await call();
  expect(refused).toMatchObject({ status: 429, body: { errno: 114, retryAfter: seconds } });
  expect(refused.headers.get('retry-after')).toBe(String(seconds));
}

test('codes at sign-in: ten in half a minute; the next one is not even compared', async () => {
  const { sessionToken } = await signUp(server, EMAIL);
  const secret = await turnTotpOn(server, sessionToken);
  const token = tokenOf((await signIn(server, EMAIL, { keys: true })).sessionToken);
  server.clock.advance(MINUTE);
  const wrong = { code: wrongCode(secret, server.clock.now()) };
  await expectLimit(10, 900, () => server.call(sessionVerifyTotp, { token, body: wrong }));
  const right = () => ({ code: codeOf(secret, server.clock.now()) });
  expect(await server.fails(sessionVerifyTotp, { token, body: right() })).toMatchObject({ errno: 114 });
  server.clock.advance(15 * MINUTE);
  expect(await server.ok(sessionVerifyTotp, { token, body: right() })).toEqual({ success: true });
});

test('codes of a new authenticator count with them', async () => {
  const { sessionToken } = await signUp(server, EMAIL);
  const token = tokenOf(sessionToken);
  await expectLimit(10, 900, () => server.call(totpSetupVerify, { token, body: { code: '123456' } }));
  expect(await server.fails(sessionVerifyTotp, { token, body: { code: '123456' } })).toMatchObject({ errno: 114 });
});

test('codes within a reset count with them', async () => {
  const { sessionToken } = await signUp(server, EMAIL);
  const secret = await turnTotpOn(server, sessionToken);
  const forgot = ['passwordForgotToken', (await beginReset(server, EMAIL)).token] as const;
  server.clock.advance(MINUTE);
  const body = { code: wrongCode(secret, server.clock.now()) };
  await expectLimit(10, 900, () => server.call(totpVerify, { token: forgot, body }));
  expect(await server.fails(sessionVerifyTotp, { token: tokenOf(sessionToken), body })).toMatchObject({ errno: 114 });
});

test('wrong codes, fifty in a day from one address, ban the address from everything', async () => {
  const { sessionToken } = await signUp(server, EMAIL);
  const secret = await turnTotpOn(server, sessionToken);
  const token = tokenOf((await signIn(server, EMAIL, { keys: true })).sessionToken);
  for (let n = 0; n < 51; n += 1) {
    server.clock.advance(MINUTE);
    const body = { code: wrongCode(secret, server.clock.now()) };
    expect(await server.ok(sessionVerifyTotp, { token, body })).toEqual({ success: false });
  }
  expect(await server.fails(totpCreate, { token })).toMatchObject({ code: 429, errno: 114, retryAfter: 900 });
});

test('backup codes: ten in ten minutes, at sign-in and within a reset', async () => {
  const { sessionToken } = await signUp(server, EMAIL);
  await turnTotpOn(server, sessionToken);
  const token = tokenOf((await signIn(server, EMAIL, { keys: true })).sessionToken);
  const forgot = ['passwordForgotToken', (await beginReset(server, EMAIL)).token] as const;
  const body = { code: 'abcdefgh23' };
  await expectLimit(10, 1800, () => server.call(sessionVerifyRecoveryCode, { token, body }));
  expect(await server.fails(totpVerifyRecoveryCode, { token: forgot, body })).toMatchObject({ errno: 114 });
});

test('new secrets: ten in ten minutes, for a first authenticator or another', async () => {
  const { sessionToken } = await signUp(server, EMAIL);
  const token = tokenOf(sessionToken);
  await expectLimit(10, 900, () => server.call(totpCreate, { token }));
  expect(await server.fails(totpReplaceStart, { token })).toMatchObject({ errno: 114 });
});

test('codes of another authenticator: ten in half a minute', async () => {
  const { sessionToken } = await signUp(server, EMAIL);
  const token = tokenOf(sessionToken);
  await turnTotpOn(server, sessionToken);
  await server.ok(totpReplaceStart, { token });
  await expectLimit(10, 900, () => server.call(totpReplaceConfirm, { token, body: { code: '1' } }));
});

describe.each(MFA_ACTIONS.map((action) => [action]))('mailed digits for %s', (action: MfaAction) => {
  test('are sent five times in a quarter of an hour, and typed ten times', async () => {
    const { sessionToken } = await signUp(server, EMAIL);
    const token = tokenOf(sessionToken);
    await expectLimit(5, 900, () => server.call(mfaOtpRequest, { token, body: { action } }));
    await expectLimit(10, 900, () => server.call(mfaOtpVerify, { token, body: { action, code: '1' } }));
  });
});
