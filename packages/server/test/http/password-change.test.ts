import {
  accountCredentialsStatus,
  accountKeys,
  accountLogin,
  hexToBytes,
  mfaPasswordChange,
  passwordChangeFinish,
  passwordChangeStart,
  sessionStatus,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSecondary } from '../support/addresses.js';
import { stepUp, turnTotpOn } from '../support/authenticator.js';
import { credentialsOf, keysOf, NEW_PASSWORD, startChange, tokenIdOf } from '../support/passwords.js';
import {
  authPWOf,
  confirm,
  fetchKeys,
  PASSWORD,
  signIn,
  signUp,
  unwrapBKeyV1,
  unwrapBKeyV2,
} from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const KEY = '88'.repeat(32);
const DAY = 24 * 60 * 60 * 1000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

function start(email: string, sessionToken: string, password = PASSWORD) {
  return startChange(server, email, sessionToken, password);
}

test('a change keeps kB, replaces the session, ends the others, and the old password stops working', async () => {
  const email = 'change@example.com';
  const { sessionToken } = await signUp(server, email);
  const other = await signIn(server, email);
  const started = await start(email, sessionToken);
  const { kB } = await fetchKeys(server, started.keyFetchToken, await unwrapBKeyV1(email));
  const finished = await server.ok(passwordChangeFinish, {
    token: ['passwordChangeToken', started.passwordChangeToken],
    query: { keys: 'true' },
    body: { ...(await credentialsOf(email, NEW_PASSWORD, kB)), sessionToken: await tokenIdOf(sessionToken) },
  });
  expect(finished.verified).toBe(true);
  expect((await fetchKeys(server, finished.keyFetchToken, await unwrapBKeyV1(email, NEW_PASSWORD))).kB).toBe(kB);
  const { clientSalt = '' } = await server.ok(accountCredentialsStatus, { body: { email } });
  expect((await fetchKeys(server, finished.keyFetchToken2, await unwrapBKeyV2(clientSalt, NEW_PASSWORD))).kB).toBe(kB);

  for (const ended of [sessionToken, other.sessionToken]) {
    expect(await server.fails(sessionStatus, { token: ['sessionToken', ended] })).toMatchObject({ errno: 110 });
  }
  await server.ok(sessionStatus, { token: ['sessionToken', finished.sessionToken ?? ''] });
  const old = { email, authPW: await authPWOf(email, PASSWORD) };
  expect(await server.fails(accountLogin, { body: old })).toMatchObject({ errno: 103 });
  expect((await server.mail(email)).headers['x-template-name']).toBe('passwordChanged');
});

test('a version 1 change clears the version 2 credentials, so the old password cannot come back by them', async () => {
  const email = 'downgrade@example.com';
  const { sessionToken } = await signUp(server, email);
  const first = await start(email, sessionToken);
  const { kB } = await fetchKeys(server, first.keyFetchToken, await unwrapBKeyV1(email));
  const both = await credentialsOf(email, NEW_PASSWORD, kB);
  const { sessionToken: second = '' } = await server.ok(passwordChangeFinish, {
    token: ['passwordChangeToken', first.passwordChangeToken],
    body: { ...both, sessionToken: await tokenIdOf(sessionToken) },
  });
  const again = await start(email, second, NEW_PASSWORD);
  const { authPW, wrapKb } = await credentialsOf(email, 'third password', kB);
  await server.ok(passwordChangeFinish, {
    token: ['passwordChangeToken', again.passwordChangeToken],
    body: { authPW, wrapKb, sessionToken: await tokenIdOf(second) },
  });
  const status = await server.ok(accountCredentialsStatus, { body: { email } });
  expect(status).toEqual({ currentVersion: 'v1', upgradeNeeded: true });
  const body = { email, authPW: both.authPWVersion2 };
  expect(await server.fails(accountLogin, { body })).toMatchObject({ errno: 103 });
});

test('an upgrade to version 2 keeps sessions and kB, and mails nobody', async () => {
  const email = 'upgrade@example.com';
  const { sessionToken } = await signUp(server, email);
  const before = (await server.mails(email)).length;
  const started = await start(email, sessionToken);
  const { kB } = await fetchKeys(server, started.keyFetchToken, await unwrapBKeyV1(email));
  await server.ok(passwordChangeFinish, {
    token: ['passwordChangeToken', started.passwordChangeToken],
    body: { ...(await credentialsOf(email, PASSWORD, kB)), sessionToken: await tokenIdOf(sessionToken) },
  });
  await server.ok(sessionStatus, { token: ['sessionToken', sessionToken] });
  const status = await server.ok(accountCredentialsStatus, { body: { email } });
  expect(status).toMatchObject({ currentVersion: 'v2', upgradeNeeded: false });
  const { authPWVersion2 } = await credentialsOf(email, PASSWORD, kB);
  const signedIn = await server.ok(accountLogin, { query: { keys: 'true' }, body: { email, authPW: authPWVersion2 } });
  expect(signedIn).not.toHaveProperty('keyFetchToken');
  const unwrapBKey = await unwrapBKeyV2(status.clientSalt ?? '');
  expect((await fetchKeys(server, signedIn.keyFetchTokenVersion2, unwrapBKey)).kB).toBe(kB);
  expect((await server.mails(email)).filter(({ headers }) => headers['x-template-name'] === 'passwordChanged')).toEqual(
    [],
  );
  expect((await server.mails(email)).length).toBeGreaterThanOrEqual(before);
});

test('an upgrade cannot smuggle another kB in', async () => {
  const email = 'smuggle@example.com';
  const { sessionToken } = await signUp(server, email);
  const started = await start(email, sessionToken);
  const error = await server.fails(passwordChangeFinish, {
    token: ['passwordChangeToken', started.passwordChangeToken],
    body: await credentialsOf(email, PASSWORD, '11'.repeat(32)),
  });
  expect(error).toMatchObject({ errno: 107, validation: { keys: ['wrapKb'] } });
});

test('a passwordChangeToken works once, for 15 minutes', async () => {
  const email = 'token@example.com';
  const { sessionToken } = await signUp(server, email);
  const expired = await start(email, sessionToken);
  server.clock.advance(15 * 60 * 1000);
  const body = { authPW: await authPWOf(email, NEW_PASSWORD), wrapKb: '22'.repeat(32) };
  const late = await server.fails(passwordChangeFinish, {
    token: ['passwordChangeToken', expired.passwordChangeToken],
    body,
  });
  expect(late).toMatchObject({ code: 401, errno: 110 });

  const started = await start(email, sessionToken);
  server.clock.advance(15 * 60 * 1000 - 1);
  const token = ['passwordChangeToken', started.passwordChangeToken] as const;
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => server.call(passwordChangeFinish, { token, body })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(401)]);
});

test('an unconfirmed session cannot begin a change', async () => {
  const email = 'unconfirmed@example.com';
  await signUp(server, email);
  server.clock.advance(80 * 60 * 60 * 1000);
  const { sessionToken } = await signIn(server, email, { keys: true });
  const error = await server.fails(passwordChangeStart, {
    token: ['sessionToken', sessionToken],
    body: { email, oldAuthPW: await authPWOf(email) },
  });
  expect(error).toMatchObject({ code: 400, errno: 138 });
});

test('begins for the own address and the right password only', async () => {
  const email = 'Begin@example.com';
  const other = 'somebody@example.com';
  const { sessionToken } = await signUp(server, email);
  await signUp(server, other);
  const token = ['sessionToken', sessionToken] as const;
  const begin = async (address: string, oldAuthPW: string) =>
    server.fails(passwordChangeStart, { token, body: { email: address, oldAuthPW } });
  expect(await begin(other, await authPWOf(other))).toMatchObject({ code: 401, errno: 110 });
  expect(await begin(email, '0'.repeat(64))).toMatchObject({ errno: 103 });
  expect(await begin(email.toLowerCase(), await authPWOf(email.toLowerCase()))).toMatchObject({ errno: 120, email });
});

test('the session that a change names must be of the account and verified, or nothing changes', async () => {
  const email = 'names@example.com';
  const { sessionToken } = await signUp(server, email);
  const stranger = await signUp(server, 'stranger@example.com');
  server.clock.advance(4 * DAY);
  const unverified = await signIn(server, email);
  const { passwordChangeToken } = await start(email, sessionToken);
  const finish = async (named: string) =>
    server.fails(passwordChangeFinish, {
      token: ['passwordChangeToken', passwordChangeToken],
      body: { ...(await credentialsOf(email, NEW_PASSWORD, '44'.repeat(32))), sessionToken: await tokenIdOf(named) },
    });
  expect(await finish(stranger.sessionToken)).toMatchObject({ code: 401, errno: 110 });
  expect(await finish(unverified.sessionToken)).toMatchObject({ code: 400, errno: 138 });
  await server.ok(sessionStatus, { token: ['sessionToken', sessionToken] });
  await signIn(server, email);
});

test('a second factor must be proven in the session that begins a change and in the one that finishes it', async () => {
  const email = 'twofactor@example.com';
  const { sessionToken } = await signUp(server, email);
  const other = await signIn(server, email);
  const started = await start(email, other.sessionToken);
  await turnTotpOn(server, sessionToken);
  const body = { email, oldAuthPW: await authPWOf(email) };
  const weak = ['sessionToken', other.sessionToken] as const;
  expect(await server.fails(passwordChangeStart, { token: weak, body })).toMatchObject({ code: 400, errno: 222 });
  const credentials = await credentialsOf(email, NEW_PASSWORD, '55'.repeat(32));
  const token = ['passwordChangeToken', started.passwordChangeToken] as const;
  const finish = async (session: string) => ({ ...credentials, sessionToken: await tokenIdOf(session) });
  const refused = await server.fails(passwordChangeFinish, { token, body: await finish(other.sessionToken) });
  expect(refused).toMatchObject({ code: 400, errno: 138 });
  expect(await server.ok(passwordChangeFinish, { token, body: await finish(sessionToken) })).toMatchObject({
    verified: true,
  });
});

/** Brings an account into a state that only other means than these routes lead to. */
async function setColumns(uid: string, columns: { verifierSetAt?: number; authSalt?: Uint8Array; lockedAt?: number }) {
  const { db } = server.server.context.storage;
  await db.updateTable('accounts').set(columns).where('uid', '=', hexToBytes(uid)).execute();
}

test('an account without a password, or one that must be reset, has none to change', async () => {
  const email = 'none@example.com';
  const { uid, sessionToken } = await signUp(server, email);
  const body = { email, oldAuthPW: await authPWOf(email) };
  const token = ['sessionToken', sessionToken] as const;
  const headers = await stepUp(server, email, sessionToken, 'password');
  const errnos = async () => [
    (await server.fails(passwordChangeStart, { token, body })).errno,
    (await server.fails(passwordChangeStart, { body })).errno,
    (await server.fails(mfaPasswordChange, { headers, body: { ...body, authPW: body.oldAuthPW, wrapKb: KEY } })).errno,
  ];
  await setColumns(uid, { authSalt: new Uint8Array(32).fill(0xff) });
  expect(await errnos()).toEqual([126, 126, 126]);
  await setColumns(uid, { verifierSetAt: 0 });
  expect(await errnos()).toEqual([210, 210, 210]);
});

test('an account that was locked until its password changes is free after a change', async () => {
  const email = 'locked@example.com';
  const { uid, sessionToken } = await signUp(server, email);
  await setColumns(uid, { lockedAt: server.clock.now() });
  const { passwordChangeToken } = await start(email, sessionToken);
  await server.ok(passwordChangeFinish, {
    token: ['passwordChangeToken', passwordChangeToken],
    body: { ...(await credentialsOf(email, NEW_PASSWORD, KEY)), sessionToken: await tokenIdOf(sessionToken) },
  });
  const { db } = server.server.context.storage;
  const uidBytes = hexToBytes(uid);
  const row = await db.selectFrom('accounts').select('lockedAt').where('uid', '=', uidBytes).executeTakeFirst();
  expect(row).toEqual({ lockedAt: null });
});

describe('without a session, as PyFxA does it', () => {
  async function startWithoutSession(email: string, password = PASSWORD) {
    return server.ok(passwordChangeStart, { body: { email, oldAuthPW: await authPWOf(email, password) } });
  }

  test('a change keeps kB, answers an empty object and signs everybody out', async () => {
    const email = 'pyfxa@example.com';
    const { sessionToken } = await signUp(server, email);
    const before = await keysOf(server, email);
    const started = await startWithoutSession(email);
    expect(started.verified).toBe(true);
    const { kB } = await fetchKeys(server, started.keyFetchToken, await unwrapBKeyV1(email));
    const { authPW, wrapKb } = await credentialsOf(email, NEW_PASSWORD, kB);
    const token = ['passwordChangeToken', started.passwordChangeToken] as const;
    expect(await server.ok(passwordChangeFinish, { token, body: { authPW, wrapKb } })).toEqual({});
    expect(await keysOf(server, email, NEW_PASSWORD)).toEqual(before);
    expect(await server.fails(sessionStatus, { token: ['sessionToken', sessionToken] })).toMatchObject({ errno: 110 });
  });

  test('an upgrade signs nobody out', async () => {
    const email = 'pyfxa2@example.com';
    const { sessionToken } = await signUp(server, email);
    const started = await startWithoutSession(email);
    const { kB } = await fetchKeys(server, started.keyFetchToken, await unwrapBKeyV1(email));
    const token = ['passwordChangeToken', started.passwordChangeToken] as const;
    await server.ok(passwordChangeFinish, { token, body: await credentialsOf(email, PASSWORD, kB) });
    await server.ok(sessionStatus, { token: ['sessionToken', sessionToken] });
  });

  async function expectLocked(email: string) {
    const started = await startWithoutSession(email);
    expect(started.verified).toBe(false);
    const keyFetchToken = started.keyFetchToken ?? '';
    expect(await server.fails(accountKeys, { token: ['keyFetchToken', keyFetchToken] })).toMatchObject({ errno: 104 });
    const refused = await server.fails(passwordChangeFinish, {
      token: ['passwordChangeToken', started.passwordChangeToken],
      body: await credentialsOf(email, NEW_PASSWORD, '66'.repeat(32)),
    });
    expect(refused).toMatchObject({ code: 400, errno: 138 });
  }

  test('the password alone neither opens the keys nor changes anything of an account with a second factor', async () => {
    const email = 'pyfxa3@example.com';
    const { sessionToken } = await signUp(server, email);
    await turnTotpOn(server, sessionToken);
    await expectLocked(email);
    await server.ok(sessionStatus, { token: ['sessionToken', sessionToken] });
  });

  test('nor where a sign-in from this place would have to be confirmed by mail', async () => {
    const email = 'pyfxa4@example.com';
    await signUp(server, email);
    server.clock.advance(4 * DAY);
    await expectLocked(email);
    const { sessionToken } = await signIn(server, email, { keys: true });
    await confirm(server, email, sessionToken);
    expect((await startWithoutSession(email)).verified).toBe(true);
  });

  test('an account must be confirmed first; an unknown address and a wrong password are told', async () => {
    const email = 'pyfxa5@example.com';
    await signUp(server, email, { confirm: false });
    const oldAuthPW = await authPWOf(email);
    expect(await server.fails(passwordChangeStart, { body: { email, oldAuthPW } })).toMatchObject({ errno: 104 });
    expect(await server.fails(passwordChangeStart, { body: { email, oldAuthPW: '0'.repeat(64) } })).toMatchObject({
      errno: 103,
    });
    const body = { email: 'nobody@example.com', oldAuthPW };
    expect(await server.fails(passwordChangeStart, { body })).toMatchObject({ errno: 102 });
  });

  test('the address must be the primary one', async () => {
    const { sessionToken } = await signUp(server, 'pyfxa6@example.com');
    await addSecondary(server, sessionToken, 'pyfxa6b@example.com');
    const body = { email: 'pyfxa6b@example.com', oldAuthPW: await authPWOf('pyfxa6@example.com') };
    expect(await server.fails(passwordChangeStart, { body })).toMatchObject({ errno: 142 });
  });

  test('neither step exists where the operator switched the older routes off', async () => {
    const modern = await startTestServer({ legacyRoutes: false });
    try {
      const email = 'modern@example.com';
      const { sessionToken } = await signUp(modern, email);
      const body = { email, oldAuthPW: await authPWOf(email) };
      expect(await modern.fails(passwordChangeStart, { body })).toMatchObject({
        code: 401,
        errno: 110,
        detail: 'Token not found',
      });
      const { passwordChangeToken } = await startChange(modern, email, sessionToken);
      const finish = await modern.fails(passwordChangeFinish, {
        token: ['passwordChangeToken', passwordChangeToken],
        body: await credentialsOf(email, NEW_PASSWORD, '77'.repeat(32)),
      });
      expect(finish).toMatchObject({ code: 400, errno: 108, param: 'sessionToken' });
    } finally {
      await modern.close();
    }
  });
});

describe('limits', () => {
  test('guessing at /password/change/start without a session counts as guessing at the sign-in, and has its own', async () => {
    const limited = await startTestServer({ rateLimits: true });
    try {
      const email = 'guessed@example.com';
      const { sessionToken } = await signUp(limited, email);
      const wrong = { email, oldAuthPW: '0'.repeat(64) };
      for (let guess = 0; guess < 5; guess += 1) {
        expect(await limited.fails(passwordChangeStart, { body: wrong })).toMatchObject({ errno: 103 });
      }
      const body = { email, oldAuthPW: await authPWOf(email) };
      expect(await limited.fails(passwordChangeStart, { body })).toMatchObject({ errno: 114, retryAfter: 900 });
      const login = { email, authPW: body.oldAuthPW };
      expect(await limited.fails(accountLogin, { body: login })).toMatchObject({ errno: 114 });

      const token = ['sessionToken', sessionToken] as const;
      for (let guess = 0; guess < 5; guess += 1) {
        expect(await limited.fails(passwordChangeStart, { token, body: wrong })).toMatchObject({ errno: 103 });
      }
      expect(await limited.fails(passwordChangeStart, { token, body })).toMatchObject({ errno: 114 });
      limited.clock.advance(900_000);
      await limited.ok(passwordChangeStart, { token, body });
    } finally {
      await limited.close();
    }
  });
});

describe('mfa/password/change', () => {
  async function steppedUp(email: string) {
    const { sessionToken } = await signUp(server, email);
    const { kB } = await keysOf(server, email);
    return { sessionToken, kB, headers: await stepUp(server, email, sessionToken, 'password') };
  }

  test('changes in one step: kB stays, other sessions end, the answer is that of finish', async () => {
    const email = 'atonce@example.com';
    const { sessionToken, kB, headers } = await steppedUp(email);
    const body = { email, oldAuthPW: await authPWOf(email), ...(await credentialsOf(email, NEW_PASSWORD, kB)) };
    const changed = await server.ok(mfaPasswordChange, { headers, query: { keys: 'true' }, body });
    expect(changed.verified).toBe(true);
    const unwrapBKey = await unwrapBKeyV2(body.clientSalt, NEW_PASSWORD);
    expect((await fetchKeys(server, changed.keyFetchToken2, unwrapBKey)).kB).toBe(kB);
    expect((await keysOf(server, email, NEW_PASSWORD)).kB).toBe(kB);
    expect(await server.fails(sessionStatus, { token: ['sessionToken', sessionToken] })).toMatchObject({ errno: 110 });
    expect(await server.fails(mfaPasswordChange, { headers, body })).toMatchObject({ code: 401, errno: 223 });
    const templates = (await server.mails(email)).map((mail) => mail.headers['x-template-name']);
    expect(templates.filter((template) => template === 'passwordChanged')).toHaveLength(1);
  });

  test('five at once with one old password: one new password, the others are told that theirs is wrong', async () => {
    const email = 'atonce2@example.com';
    const { kB, headers } = await steppedUp(email);
    const oldAuthPW = await authPWOf(email);
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(async (n) =>
        server.call(mfaPasswordChange, {
          headers,
          body: { email, oldAuthPW, ...(await credentialsOf(email, `new password ${n}`, kB)) },
        }),
      ),
    );
    const winners = answers.flatMap(({ status }, index) => (status === 200 ? [index + 1] : []));
    expect(winners).toHaveLength(1);
    for (const n of [1, 2, 3, 4, 5]) {
      const body = { email, authPW: await authPWOf(email, `new password ${n}`) };
      expect((await server.call(accountLogin, { body })).status).toBe(winners.includes(n) ? 200 : 400);
    }
  });

  test('refuses the wrong password, a foreign address, a missing wrapped key, and a token for something else', async () => {
    const email = 'atonce3@example.com';
    const { sessionToken, kB, headers } = await steppedUp(email);
    await signUp(server, 'foreign@example.com');
    const body = { email, oldAuthPW: await authPWOf(email), ...(await credentialsOf(email, NEW_PASSWORD, kB)) };
    const refuse = (changes: object) => server.fails(mfaPasswordChange, { headers, body: { ...body, ...changes } });
    expect(await refuse({ oldAuthPW: '0'.repeat(64) })).toMatchObject({ errno: 103 });
    expect(await refuse({ email: 'foreign@example.com' })).toMatchObject({ code: 400, errno: 102 });
    expect(await refuse({ wrapKb: undefined })).toMatchObject({ errno: 108, param: 'wrapKb' });
    expect(await refuse({ clientSalt: undefined })).toMatchObject({ errno: 107, validation: { keys: ['clientSalt'] } });
    expect(await refuse({ email: email.toUpperCase(), oldAuthPW: '0'.repeat(64) })).toMatchObject({
      errno: 120,
      email,
    });
    const other = await stepUp(server, email, sessionToken, 'email');
    expect(await server.fails(mfaPasswordChange, { headers: other, body })).toMatchObject({ code: 401, errno: 223 });
    const otherSession = await signIn(server, email);
    await turnTotpOn(server, otherSession.sessionToken);
    expect(await refuse({})).toMatchObject({ code: 400, errno: 222 });
    await signIn(server, email);
  });
});
