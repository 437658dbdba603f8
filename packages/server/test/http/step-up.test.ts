import {
  accountCreate,
  MFA_ACTIONS,
  mfaOtpRequest,
  mfaOtpVerify,
  mfaTotpCreate,
  mfaTotpDestroy,
  sessionDestroy,
  totpExists,
} from '@foxden/protocol';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stepUp, stepUpDigits, turnTotpOn } from '../support/authenticator.js';
import { authPWOf, signIn, signUp } from '../support/person.js';
import { bearer, startTestServer, type TestServer } from '../support/test-server.js';

const MINUTE = 60 * 1000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const tokenOf = (sessionToken: string) => ['sessionToken', sessionToken] as const;

async function person(email: string) {
  const { uid, sessionToken } = await signUp(server, email);
  return { email, uid, sessionToken, token: tokenOf(sessionToken) };
}

/** Digits that are wrong: each one is another. */
const others = (code: string) => code.replaceAll(/\d/g, (digit) => String((Number(digit) + 1) % 10));

async function request(who: Awaited<ReturnType<typeof person>>, action: (typeof MFA_ACTIONS)[number] = '2fa') {
  await server.ok(mfaOtpRequest, { token: who.token, body: { action } });
  return stepUpDigits(server, who.email);
}

describe('mailed digits', () => {
  test.each(MFA_ACTIONS)('buy a token for %s', async (action) => {
    const who = await person(`action-${action}@example.com`);
    const code = await request(who, action);
    expect(code).toMatch(/^[0-9]{6}$/);
    const { headers, text } = await server.mail(who.email);
    expect(headers['x-template-name']).toBe('verifyAccountChange');
    expect(text).toContain('10');
    const { accessToken } = await server.ok(mfaOtpVerify, { token: who.token, body: { action, code } });
    expect(decodeProtectedHeader(accessToken)).toMatchObject({ alg: 'HS256' });
    const claims = decodeJwt(accessToken);
    const seconds = Math.floor(server.clock.now() / 1000);
    expect(claims).toEqual({
      sub: who.uid,
      scope: [`mfa:${action}`],
      stid: expect.stringMatching(/^[0-9a-f]{64}$/),
      iss: server.url,
      aud: server.url,
      iat: seconds,
      exp: seconds + 30 * 60,
      jti: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    });
  });

  test('work once, for their action and session only, and not when wrong', async () => {
    const who = await person('once@example.com');
    const other = tokenOf((await signIn(server, who.email)).sessionToken);
    const code = await request(who);
    const wrong = { action: '2fa', code: others(code) } as const;
    expect(await server.fails(mfaOtpVerify, { token: who.token, body: wrong })).toMatchObject({
      code: 400,
      errno: 183,
    });
    const elsewhere = { action: 'email', code } as const;
    expect(await server.fails(mfaOtpVerify, { token: who.token, body: elsewhere })).toMatchObject({ errno: 183 });
    const right = { action: '2fa', code } as const;
    expect(await server.fails(mfaOtpVerify, { token: other, body: right })).toMatchObject({ errno: 183 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => server.call(mfaOtpVerify, { token: who.token, body: right })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await server.fails(mfaOtpVerify, { token: who.token, body: right })).toMatchObject({ errno: 183 });
  });

  test('live ten minutes; asking again within them sends the same ones, and later others', async () => {
    const who = await person('minutes@example.com');
    const code = await request(who);
    server.clock.advance(10 * MINUTE - 1);
    expect(await request(who)).toBe(code);
    server.clock.advance(10 * MINUTE);
    expect(await server.fails(mfaOtpVerify, { token: who.token, body: { action: '2fa', code } })).toMatchObject({
      errno: 183,
    });
    const next = await request(who);
    expect(next).not.toBe(code);
    server.clock.advance(10 * MINUTE - 1);
    await server.ok(mfaOtpVerify, { token: who.token, body: { action: '2fa', code: next } });
  });

  test('end after ten attempts, even when they come at once', async () => {
    const who = await person('guess@example.com');
    const code = await request(who);
    const body = { action: '2fa', code: others(code) } as const;
    await Promise.all(Array.from({ length: 10 }, () => server.fails(mfaOtpVerify, { token: who.token, body })));
    const right = { action: '2fa', code } as const;
    expect(await server.fails(mfaOtpVerify, { token: who.token, body: right })).toMatchObject({ errno: 183 });
    const next = await request(who);
    expect(next).not.toBe(code);
    await server.ok(mfaOtpVerify, { token: who.token, body: { action: '2fa', code: next } });
  });

  test('are for sessions that proved what the account asks for', async () => {
    const email = 'proved@example.com';
    const created = await server.ok(accountCreate, { body: { email, authPW: await authPWOf(email) } });
    const body = { action: '2fa', code: '123456' } as const;
    for (const endpoint of [mfaOtpRequest, mfaOtpVerify]) {
      const fresh = { token: tokenOf(created.sessionToken), body };
      expect(await server.fails(endpoint, fresh)).toMatchObject({ errno: 104 });
    }
    const who = await person('proved2@example.com');
    const older = tokenOf((await signIn(server, who.email)).sessionToken);
    await turnTotpOn(server, who.sessionToken);
    const waiting = tokenOf((await signIn(server, who.email, { keys: true })).sessionToken);
    for (const endpoint of [mfaOtpRequest, mfaOtpVerify]) {
      expect(await server.fails(endpoint, { token: waiting, body })).toMatchObject({ errno: 138 });
      expect(await server.fails(endpoint, { token: older, body })).toMatchObject({ errno: 222 });
    }
  });

  test('are not asked for actions that do not exist', async () => {
    const { token } = await person('noaction@example.com');
    const error = await server.fails(mfaOtpRequest, { token, body: { action: 'test' as '2fa' } });
    expect(error).toMatchObject({ errno: 107, validation: { keys: ['action'] } });
  });
});

describe('a step-up token', () => {
  test('works again and again for thirty minutes, then it is refused', async () => {
    const who = await person('lifetime@example.com');
    server.clock.advance(1000 - (server.clock.now() % 1000));
    const headers = await stepUp(server, who.email, who.sessionToken, '2fa');
    await server.ok(mfaTotpCreate, { headers });
    server.clock.advance(30 * MINUTE - 1);
    await server.ok(mfaTotpCreate, { headers });
    server.clock.advance(1);
    expect(await server.fails(mfaTotpCreate, { headers })).toMatchObject({ code: 401, errno: 223 });
  });

  test('ends with its session', async () => {
    const who = await person('ended@example.com');
    const headers = await stepUp(server, who.email, who.sessionToken, '2fa');
    await server.ok(sessionDestroy, { token: who.token });
    expect(await server.fails(mfaTotpCreate, { headers })).toMatchObject({ code: 401, errno: 223 });
  });

  test('is good for its own action only', async () => {
    const who = await person('scope@example.com');
    const headers = await stepUp(server, who.email, who.sessionToken, 'email');
    expect(await server.fails(mfaTotpDestroy, { headers })).toMatchObject({ code: 401, errno: 223 });
  });

  test('is refused when somebody else made it, and when anything in it is another', async () => {
    const who = await person('forged@example.com');
    const { authorization } = await stepUp(server, who.email, who.sessionToken, '2fa');
    const claims = decodeJwt(authorization.slice('Bearer '.length));
    const [header = '', payload = '', signature = ''] = authorization.slice('Bearer '.length).split('.');
    const none = Buffer.from('{"alg":"none","typ":"mfa+jwt"}').toString('base64url');
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'mfa+jwt' })
      .sign(new Uint8Array(32));
    const stretched = Buffer.from(JSON.stringify({ ...claims, exp: 9_999_999_999 })).toString('base64url');
    for (const token of [
      forged,
      `${none}.${payload}.${signature}`,
      `${none}.${payload}.x`,
      `${header}.${stretched}.${signature}`,
      'a.b.c',
    ]) {
      const error = await server.fails(mfaTotpCreate, { headers: { authorization: `Bearer ${token}` } });
      expect(error).toMatchObject({ code: 401, errno: 223 });
    }
  });

  test('is what its routes ask for: a session is not enough, and it is not a session', async () => {
    const who = await person('kinds@example.com');
    const headers = { authorization: await bearer('sessionToken', who.sessionToken) };
    expect(await server.fails(mfaTotpCreate, { headers })).toMatchObject({ code: 401, errno: 110 });
    expect(await server.fails(mfaTotpCreate)).toMatchObject({ code: 401, errno: 110 });
    const mfa = await stepUp(server, who.email, who.sessionToken, '2fa');
    expect(await server.fails(totpExists, { headers: mfa })).toMatchObject({ code: 401, errno: 110 });
  });
});
