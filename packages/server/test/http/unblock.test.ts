import { createHash } from 'node:crypto';
import {
  accountLogin,
  crockfordToBytes,
  rejectUnblockCode,
  sendUnblockCode,
  sessionReauth,
  sessionStatus,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authPWOf, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WRONG = '0'.repeat(64);
const BY_MAIL = { verificationMethod: 'email-captcha', verificationReason: 'login' };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ rateLimits: true });
});
afterAll(() => server.close());

/** A person whose sign-ins were tried too often from here. */
async function blocked(email: string) {
  const { uid, sessionToken } = await signUp(server, email);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    expect(await server.fails(accountLogin, { body: { email, authPW: WRONG } })).toMatchObject({ errno: 103 });
  }
  const body = { email, authPW: await authPWOf(email) };
  const refused = await server.fails(accountLogin, { body });
  expect(refused).toMatchObject({ code: 429, errno: 114, retryAfter: 900, ...BY_MAIL });
  return { uid, body, token: ['sessionToken', sessionToken] as const };
}

async function codeFor(email: string): Promise<string> {
  await server.ok(sendUnblockCode, { body: { email } });
  const { headers } = await server.mail(email);
  expect(headers['x-template-name']).toBe('unblockCode');
  expect(headers['x-unblock-code']).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  return headers['x-unblock-code'] ?? '';
}

describe('a blocked sign-in', () => {
  test('passes once with a mailed code, typed in either case, and needs no other confirmation', async () => {
    const email = 'once@example.com';
    await signUp(server, email);
    server.clock.advance(5 * DAY);
    const query = { keys: 'true' } as const;
    const body = { email, authPW: await authPWOf(email) };
    expect(await server.ok(accountLogin, { query, body })).toMatchObject({ sessionVerified: false });
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await server.fails(accountLogin, { body: { email, authPW: WRONG } });
    }
    expect(await server.fails(accountLogin, { query, body })).toMatchObject({ errno: 114, ...BY_MAIL });
    const unblockCode = (await codeFor(email)).toLowerCase();
    const answer = await server.ok(accountLogin, { query, body: { ...body, unblockCode } });
    expect(answer).toMatchObject({ verified: true, sessionVerified: true });
    const token = ['sessionToken', answer.sessionToken] as const;
    expect(await server.ok(sessionStatus, { token })).toMatchObject({ state: 'verified' });
    expect(await server.fails(accountLogin, { body: { ...body, unblockCode } })).toMatchObject({ errno: 127 });
  });

  test('of two requests with one code, one passes', async () => {
    const email = 'parallel@example.com';
    const { body } = await blocked(email);
    const unblockCode = await codeFor(email);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => server.call(accountLogin, { body: { ...body, unblockCode } })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { body: refused } of answers.filter(({ status }) => status !== 200)) {
      expect(refused).toMatchObject({ errno: 127 });
    }
  });

  test('with a wrong, an old or a foreign code is refused as such (127)', async () => {
    const email = 'wrongly@example.com';
    const { body } = await blocked(email);
    const other = 'other-person@example.com';
    await signUp(server, other);
    const foreign = await codeFor(other);
    const own = await codeFor(email);
    for (const unblockCode of ['AAAAAAAA', 'UUUUUUUU', foreign]) {
      expect(await server.fails(accountLogin, { body: { ...body, unblockCode } })).toMatchObject({ errno: 127 });
    }
    server.clock.advance(HOUR);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await server.fails(accountLogin, { body: { email, authPW: WRONG } });
    }
    expect(await server.fails(accountLogin, { body: { ...body, unblockCode: own } })).toMatchObject({ errno: 127 });
  });

  test('tells nothing else: behind a block a wrong password and an unknown address look like the block', async () => {
    const email = 'masked@example.com';
    await blocked(email);
    const wrong = { email, authPW: WRONG, unblockCode: await codeFor(email) };
    expect(await server.fails(accountLogin, { body: wrong })).toMatchObject({ errno: 114, ...BY_MAIL });
    const needless = { ...wrong, authPW: await authPWOf(email), unblockCode: await codeFor(email) };
    const query = { verificationMethod: 'totp-2fa' } as const;
    expect(await server.fails(accountLogin, { query, body: needless })).toMatchObject({ errno: 114, ...BY_MAIL });

    const unknown = { email: 'void@example.com', authPW: WRONG };
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(await server.fails(accountLogin, { body: unknown })).toMatchObject({ errno: 102 });
    }
    expect(await server.fails(accountLogin, { body: unknown })).toMatchObject({ errno: 114, ...BY_MAIL });
    const guessed = { ...unknown, unblockCode: 'AAAAAAAA' };
    expect(await server.fails(accountLogin, { body: guessed })).toMatchObject({ errno: 127 });
  });

  test('codes cannot be guessed on: after ten the block itself is answered', async () => {
    const email = 'guesser@example.com';
    const { body } = await blocked(email);
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const guessed = { ...body, unblockCode: `AAAAAAA${attempt}` };
      expect(await server.fails(accountLogin, { body: guessed })).toMatchObject({ errno: 127 });
    }
    const unblockCode = await codeFor(email);
    expect(await server.fails(accountLogin, { body: { ...body, unblockCode } })).toMatchObject({ errno: 114 });
  });

  test('is not blocked under another spelling that the client claims to stretch with', async () => {
    const email = 'evasive@example.com';
    await blocked(email);
    const body = { email: 'x@example.com', originalLoginEmail: email, authPW: WRONG };
    expect(await server.fails(accountLogin, { body })).toMatchObject({ errno: 114 });
  });
});

test('a blocked reauthentication passes with a code too, and verifies the session', async () => {
  const email = 'reauth@example.com';
  const { sessionToken } = await signUp(server, email);
  const token = ['sessionToken', sessionToken] as const;
  const body = { email, authPW: await authPWOf(email) };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await server.fails(sessionReauth, { token, body: { email, authPW: WRONG } });
  }
  expect(await server.fails(sessionReauth, { token, body })).toMatchObject({ errno: 114, ...BY_MAIL });
  await server.server.context.storage.db
    .updateTable('sessions')
    .set({ tokenVerificationId: new Uint8Array(16), verificationMethod: null })
    .execute();
  const unblockCode = await codeFor(email);
  expect(await server.ok(sessionReauth, { token, body: { ...body, unblockCode } })).toMatchObject({ verified: true });
  expect(await server.ok(sessionStatus, { token })).toMatchObject({ state: 'verified' });
});

describe('an unblock code', () => {
  test('is useless once its receiver rejected it; rejecting another one is an error (127)', async () => {
    const email = 'notme@example.com';
    const { uid, body } = await blocked(email);
    const unblockCode = await codeFor(email);
    expect(await server.fails(rejectUnblockCode, { body: { uid, unblockCode: 'AAAAAAAA' } })).toMatchObject({
      errno: 127,
    });
    expect(await server.ok(rejectUnblockCode, { body: { uid: uid.toUpperCase(), unblockCode } })).toEqual({});
    expect(await server.fails(rejectUnblockCode, { body: { uid, unblockCode } })).toMatchObject({ errno: 127 });
    expect(await server.fails(accountLogin, { body: { ...body, unblockCode } })).toMatchObject({ errno: 127 });
  });

  test('is not sent to an unknown address (102), nor more than five times in 15 minutes (114)', async () => {
    const unknown = { body: { email: 'not-here@example.com' } };
    expect(await server.fails(sendUnblockCode, unknown)).toMatchObject({ errno: 102 });
    const email = 'flooded@example.com';
    await signUp(server, email);
    for (let attempt = 0; attempt < 5; attempt += 1) await server.ok(sendUnblockCode, { body: { email } });
    expect(await server.fails(sendUnblockCode, { body: { email } })).toMatchObject({ errno: 114 });
  });

  test('is not in the database, not even as a plain hash', async () => {
    const email = 'stored@example.com';
    await signUp(server, email);
    const code = await codeFor(email);
    const rows = await server.server.context.storage.db.selectFrom('unblockCodes').selectAll().execute();
    const stored = rows.map(({ codeHash }) => Buffer.from(codeHash).toString('hex'));
    expect(stored).not.toEqual([]);
    for (const form of [Buffer.from(code), crockfordToBytes(code)]) {
      expect(stored.join()).not.toContain(Buffer.from(form).toString('hex'));
      expect(stored).not.toContain(createHash('sha256').update(form).digest('hex'));
    }
  });
});

test('an IP address that is banned cannot be unblocked: wrong codes do not even tell', async () => {
  const banned = await startTestServer({ rateLimits: true });
  try {
    const email = 'inmate@example.com';
    const { uid } = await signUp(banned, email);
    for (let attempt = 0; attempt <= 50; attempt += 1) {
      await banned.fails(rejectUnblockCode, { body: { uid, unblockCode: 'AAAAAAAA' } });
    }
    const body = { email, authPW: await authPWOf(email), unblockCode: 'AAAAAAAA' };
    const refused = await banned.fails(accountLogin, { body });
    expect(refused).toMatchObject({ errno: 114, retryAfter: 900 });
    expect(refused).not.toHaveProperty('verificationMethod');
  } finally {
    await banned.close();
  }
});

test('with the setting for tests of clients, addresses that begin with block need a code (125); without it not', async () => {
  const email = 'block-me@example.com';
  const body = { email, authPW: await authPWOf(email) };
  await signUp(server, email);
  await server.ok(accountLogin, { body });
  const strange = await startTestServer({ blockTestAddresses: true });
  try {
    await signUp(strange, email);
    const refused = await strange.fails(accountLogin, { body });
    expect(refused).toMatchObject({ code: 400, errno: 125, error: 'Request blocked', ...BY_MAIL });
    await strange.ok(sendUnblockCode, { body: { email } });
    const unblockCode = (await strange.mail(email)).headers['x-unblock-code'] ?? '';
    expect(await strange.ok(accountLogin, { body: { ...body, unblockCode } })).toMatchObject({ verified: true });
  } finally {
    await strange.close();
  }
});
