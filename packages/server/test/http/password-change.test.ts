import {
  accountCredentialsStatus,
  accountLogin,
  createClientSalt,
  createCredentialSet,
  deriveToken,
  hexToBytes,
  passwordChangeFinish,
  passwordChangeStart,
  sessionStatus,
} from '@foxden/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authPWOf, fetchKeys, PASSWORD, signIn, signUp, unwrapBKeyV1, unwrapBKeyV2 } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const NEW_PASSWORD = 'a different password';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function start(email: string, sessionToken: string, password = PASSWORD) {
  return server.ok(passwordChangeStart, {
    token: ['sessionToken', sessionToken],
    body: { email, oldAuthPW: await authPWOf(email, password) },
  });
}

async function credentials(email: string, password: string, kB: string) {
  const clientSalt = createClientSalt(new Uint8Array(16).fill(3));
  return createCredentialSet({ email, password, clientSalt, kB: hexToBytes(kB) });
}

async function tokenId(sessionToken: string): Promise<string> {
  return (await deriveToken('sessionToken', hexToBytes(sessionToken))).tokenId;
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
    body: { ...(await credentials(email, NEW_PASSWORD, kB)), sessionToken: await tokenId(sessionToken) },
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
  const both = await credentials(email, NEW_PASSWORD, kB);
  const { sessionToken: second = '' } = await server.ok(passwordChangeFinish, {
    token: ['passwordChangeToken', first.passwordChangeToken],
    body: { ...both, sessionToken: await tokenId(sessionToken) },
  });
  const again = await start(email, second, NEW_PASSWORD);
  const { authPW, wrapKb } = await credentials(email, 'third password', kB);
  await server.ok(passwordChangeFinish, {
    token: ['passwordChangeToken', again.passwordChangeToken],
    body: { authPW, wrapKb, sessionToken: await tokenId(second) },
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
    body: { ...(await credentials(email, PASSWORD, kB)), sessionToken: await tokenId(sessionToken) },
  });
  await server.ok(sessionStatus, { token: ['sessionToken', sessionToken] });
  const status = await server.ok(accountCredentialsStatus, { body: { email } });
  expect(status).toMatchObject({ currentVersion: 'v2', upgradeNeeded: false });
  const { authPWVersion2 } = await credentials(email, PASSWORD, kB);
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
    body: await credentials(email, PASSWORD, '11'.repeat(32)),
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
