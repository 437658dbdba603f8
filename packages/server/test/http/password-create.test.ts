import { accountLogin, hexToBytes, mfaPasswordCreate, passwordCreate } from '@foxden/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stepUp, turnTotpOn } from '../support/authenticator.js';
import { credentialsOf, keysOf, NEW_PASSWORD } from '../support/passwords.js';
import { authPWOf, signIn, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const KB = 'cd'.repeat(32);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** An account as one would be that signs in by other means: with a session, without a password. */
async function withoutPassword(email: string) {
  const account = await signUp(server, email);
  await server.server.context.storage.db
    .updateTable('accounts')
    .set({ verifierSetAt: 0 })
    .where('uid', '=', hexToBytes(account.uid))
    .execute();
  return { ...account, token: ['sessionToken', account.sessionToken] as const };
}

test('gives an account its first password and the kB the client chose; answers the time as a bare number', async () => {
  const email = 'first@example.com';
  const { token } = await withoutPassword(email);
  const login = { email, authPW: await authPWOf(email, NEW_PASSWORD) };
  expect(await server.fails(accountLogin, { body: login })).toMatchObject({ errno: 210 });
  const body = await credentialsOf(email, NEW_PASSWORD, KB);
  expect(await server.ok(passwordCreate, { token, body })).toBe(server.clock.now());
  expect((await keysOf(server, email, NEW_PASSWORD)).kB).toBe(KB);
  expect(await server.fails(passwordCreate, { token, body })).toMatchObject({ code: 400, errno: 206 });
});

test('takes version 1 credentials alone, and refuses half of version 2', async () => {
  const email = 'half@example.com';
  const { token } = await withoutPassword(email);
  const { authPW, wrapKb } = await credentialsOf(email, NEW_PASSWORD, KB);
  expect(await server.fails(passwordCreate, { token, body: { authPW, wrapKb } })).toMatchObject({
    errno: 107,
    validation: { keys: ['authPWVersion2', 'wrapKbVersion2', 'clientSalt'] },
  });
  await server.ok(passwordCreate, { token, body: { authPW } });
  await signIn(server, email, { password: NEW_PASSWORD });
});

test('of many at once one succeeds, and its password is the one that works', async () => {
  const email = 'many@example.com';
  const { token } = await withoutPassword(email);
  const passwords = Array.from({ length: 8 }, (_, n) => `first password ${n}`);
  const statuses = await Promise.all(
    passwords.map(async (password) => {
      const body = { authPW: await authPWOf(email, password) };
      return (await server.call(passwordCreate, { token, body })).status;
    }),
  );
  expect([...statuses].sort()).toEqual([200, ...Array(7).fill(400)]);
  for (const [n, password] of passwords.entries()) {
    const body = { email, authPW: await authPWOf(email, password) };
    expect((await server.call(accountLogin, { body })).status).toBe(statuses[n]);
  }
});

test('works with a step-up token for passwords, not with one for something else', async () => {
  const email = 'stepup@example.com';
  const { sessionToken } = await withoutPassword(email);
  const body = await credentialsOf(email, NEW_PASSWORD, KB);
  const other = await stepUp(server, email, sessionToken, '2fa');
  expect(await server.fails(mfaPasswordCreate, { headers: other, body })).toMatchObject({ code: 401, errno: 223 });
  const headers = await stepUp(server, email, sessionToken, 'password');
  expect(await server.ok(mfaPasswordCreate, { headers, body })).toBe(server.clock.now());
  expect(await server.fails(mfaPasswordCreate, { headers, body })).toMatchObject({ errno: 206 });
});

test('needs a confirmed account, a confirmed session, and the second factor where there is one', async () => {
  const body = { authPW: '1'.repeat(64) };
  const fresh = await signUp(server, 'fresh@example.com', { confirm: false });
  const unconfirmed = ['sessionToken', fresh.sessionToken] as const;
  expect(await server.fails(passwordCreate, { token: unconfirmed, body })).toMatchObject({ errno: 104 });

  const email = 'weak@example.com';
  const { sessionToken } = await signUp(server, email);
  const second = ['sessionToken', (await signIn(server, email)).sessionToken] as const;
  server.clock.advance(80 * 60 * 60 * 1000);
  const third = ['sessionToken', (await signIn(server, email)).sessionToken] as const;
  expect(await server.fails(passwordCreate, { token: third, body })).toMatchObject({ errno: 138 });
  await turnTotpOn(server, sessionToken);
  expect(await server.fails(passwordCreate, { token: second, body })).toMatchObject({ errno: 222 });
});
