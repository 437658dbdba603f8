import {
  accountAuthorizationDestroy,
  accountAuthorizations,
  accountDevices,
  deriveScopedKey,
  oauthEndpoints,
  SCOPE_OLDSYNC,
  SCOPE_PROFILE,
  SCOPE_SESSION_TOKEN,
  SCOPE_VPN,
} from '@foxden/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signIn, signUpVersion2 } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import { FENIX } from './fixture.js';
import { allowOnPage, type NativeApp, nativeApp } from './native-app.js';

// application-services pull request 7306: scopes are added to an application that is signed in.

const kB = new Uint8Array(32).fill(0xb5);
const COMMANDS = { 'https://identity.mozilla.com/cmd/open-uri': '{"kid":"1"}' };
const PUSH = {
  pushCallback: 'https://updates.push.services.mozilla.com/wpush/v2/abc',
  pushPublicKey: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  pushAuthKey: 'BTBZMqHH6r4Tts7J_aSIgg',
};

let server: TestServer;
let people = 0;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

let app: NativeApp;
let account: { uid: string; sessionToken: string; kB: Uint8Array };
let email: string;
beforeEach(async () => {
  people += 1;
  email = `person${people}@example.com`;
  const { uid, sessionToken } = await signUpVersion2(server, email, kB);
  account = { uid, sessionToken, kB };
  app = nativeApp(server);
});

const login = async (...scopes: string[]) => {
  const url = await app.beginOAuthFlow(scopes);
  await app.completeOAuthFlow(await allowOnPage(server, account, url));
};
const infoOf = async (token: string) => server.ok(oauthEndpoints.verify, { body: { token } });

test('the demonstration of the pull request: first the VPN, then Sync beside it', async () => {
  await login(SCOPE_PROFILE, SCOPE_VPN, SCOPE_SESSION_TOKEN);
  expect(await app.isAuthorized()).toBe(true);
  const device = await app.registerDevice({ name: 'cli', type: 'desktop', availableCommands: COMMANDS, ...PUSH });
  const deviceNow = async () => (await app.devices()).map(({ lastAccessTime: _, ...rest }) => rest);
  const before = await deviceNow();

  const vpn = await app.getAccessToken(SCOPE_VPN);
  expect(vpn).toMatchObject({ scope: SCOPE_VPN, key: undefined });
  app.requests();
  expect(await app.getAccessToken(SCOPE_OLDSYNC)).toBe('Forbidden');
  expect(app.requests()).toEqual(['token token-exchange']);
  expect(await deviceNow()).toEqual(before);

  // Half-way: the page is open, and the person goes away. Then also with a code that is never redeemed.
  const abandoned = await app.beginOAuthFlow([SCOPE_PROFILE, SCOPE_OLDSYNC]);
  expect(await app.getAccessToken(SCOPE_VPN)).toMatchObject({ scope: SCOPE_VPN });
  const { refreshToken } = app.state;
  await allowOnPage(server, account, abandoned);
  expect(app.state.refreshToken).toBe(refreshToken);
  expect(await app.isAuthorized()).toBe(true);
  expect(await app.getAccessToken(SCOPE_VPN)).toMatchObject({ scope: SCOPE_VPN });
  expect(await deviceNow()).toEqual(before);

  app.requests();
  await login(SCOPE_PROFILE, SCOPE_OLDSYNC);
  expect(app.requests()).toEqual([
    'token authorization_code',
    'destroy token',
    'devices',
    'token fxa-credentials',
    'destroy refresh_token',
    'destroy refresh_token',
  ]);
  expect([...app.state.scopes].sort()).toEqual([SCOPE_PROFILE, SCOPE_OLDSYNC, SCOPE_VPN, SCOPE_SESSION_TOKEN].sort());
  const sync = await app.getAccessToken(SCOPE_OLDSYNC);
  const { keyRotationTimestamp } = Object.values(
    await server.ok(oauthEndpoints.scopedKeyData, {
      token: ['sessionToken', account.sessionToken],
      body: { client_id: FENIX, scope: SCOPE_OLDSYNC },
    }),
  )[0] ?? { keyRotationTimestamp: 0 };
  const key = await deriveScopedKey(
    { identifier: SCOPE_OLDSYNC, keyRotationSecret: '00'.repeat(32), keyRotationTimestamp },
    kB,
    account.uid,
  );
  expect(sync).toEqual({ scope: SCOPE_OLDSYNC, token: expect.any(String), key });
  const again = await app.getAccessToken(SCOPE_VPN);
  expect(again).toMatchObject({ scope: SCOPE_VPN, key: undefined });
  for (const [info, scope] of [
    [sync, SCOPE_OLDSYNC],
    [again, SCOPE_VPN],
  ] as const) {
    if (info === 'Forbidden') throw new Error('forbidden');
    expect(await infoOf(info.token)).toMatchObject({ user: account.uid, client_id: FENIX, scope: [scope] });
  }
  expect(await app.isAuthorized()).toBe(true);
  expect(await deviceNow()).toEqual(before);
  // The refresh token speaks for the same device now.
  expect(await app.registerDevice({})).toMatchObject({ id: device.id, name: 'cli', availableCommands: COMMANDS });
  expect(before).toMatchObject([{ id: device.id, name: 'cli', ...PUSH, availableCommands: COMMANDS }]);

  const { refreshToken: last = '' } = app.state;
  await app.disconnect();
  expect(await server.ok(oauthEndpoints.introspect, { body: { token: last } })).toEqual({ active: false });
});

describe('a device of a refresh token', () => {
  beforeEach(async () => {
    await login(SCOPE_PROFILE, SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN);
    await app.registerDevice({ name: 'phone', type: 'mobile', availableCommands: COMMANDS, ...PUSH });
  });
  const records = async () => (await app.devices()).filter(({ name }) => name === 'phone');

  test('stays through a merge, with its id, its push subscription and its commands', async () => {
    const before = await app.devices();
    await login(SCOPE_VPN);
    expect(app.requests()).toContain('token fxa-credentials');
    expect(await app.devices()).toEqual(before);
    expect(await app.registerDevice({})).toMatchObject({ id: before[0]?.id, ...PUSH, availableCommands: COMMANDS });
  });

  test('stays with the old token while the merge is not finished, and when the new token is given up', async () => {
    const before = await app.devices();
    const { refreshToken, sessionToken } = app.state;
    const merged = await server.ok(oauthEndpoints.oauthToken, {
      token: ['sessionToken', sessionToken ?? ''],
      body: {
        client_id: FENIX,
        grant_type: 'fxa-credentials',
        access_type: 'offline',
        scope: `${SCOPE_PROFILE} ${SCOPE_OLDSYNC}`,
      },
    });
    expect(await app.devices()).toEqual(before);
    await server.ok(oauthEndpoints.destroy, { body: { refresh_token: merged.refresh_token } });
    expect(await app.devices()).toEqual(before);
    expect(await app.registerDevice({})).toMatchObject({ id: before[0]?.id });
    expect(app.state.refreshToken).toBe(refreshToken);
  });

  test('stays through an exchange', async () => {
    const before = await records();
    await allowOnPage(server, account, await app.beginOAuthFlow([SCOPE_VPN]));
    app.requests();
    expect(await app.getAccessToken(SCOPE_VPN)).toMatchObject({ scope: SCOPE_VPN });
    expect(app.requests()).toEqual(['token token-exchange', 'token refresh_token']);
    expect(await records()).toEqual(before);
    expect(await app.registerDevice({})).toMatchObject({ id: before[0]?.id });
  });

  test('stays with its session alone when the last token that speaks for it is given up', async () => {
    await app.disconnect();
    expect(await server.ok(accountDevices, { token: ['sessionToken', account.sessionToken] })).toHaveLength(1);
    const { db } = server.server.context.storage;
    const rows = db.selectFrom('devices').select('refreshTokenHash').where('uid', '=', Buffer.from(account.uid, 'hex'));
    expect(await rows.execute()).toEqual([{ refreshTokenHash: null }]);
  });
});

describe('a scope that the person takes away', () => {
  const token = () => ['sessionToken', account.sessionToken] as const;
  const revoke = (scope: string) =>
    server.ok(accountAuthorizationDestroy, { token: token(), body: { clientId: FENIX, scope } });

  test('is listed before and gone afterwards, and the application does not get it back by itself', async () => {
    await login(SCOPE_PROFILE, SCOPE_OLDSYNC, SCOPE_VPN, SCOPE_SESSION_TOKEN);
    const listed = async () => (await server.ok(accountAuthorizations, { token: token() })).map(({ scope }) => scope);
    expect(await listed()).toEqual([[SCOPE_PROFILE, SCOPE_OLDSYNC, SCOPE_VPN, SCOPE_SESSION_TOKEN]]);
    await revoke(SCOPE_VPN);
    expect(await listed()).toEqual([[SCOPE_PROFILE, SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN]]);
    expect(await app.isAuthorized()).toBe(true);

    app.state.scopes = app.state.scopes.filter((scope) => scope !== SCOPE_VPN);
    expect(await app.getAccessToken(SCOPE_VPN)).toBe('Forbidden');
    const bySession = { client_id: FENIX, grant_type: 'fxa-credentials', scope: SCOPE_VPN } as const;
    expect(
      await server.fails(oauthEndpoints.oauthToken, {
        token: ['sessionToken', app.state.sessionToken ?? ''],
        body: bySession,
      }),
    ).toMatchObject({ code: 403, errno: 112, invalidScopes: SCOPE_VPN });
    expect(await app.getAccessToken(SCOPE_OLDSYNC)).toMatchObject({ scope: SCOPE_OLDSYNC });
  });

  test('comes back when the person signs in again and allows it, and only then', async () => {
    await login(SCOPE_PROFILE, SCOPE_OLDSYNC, SCOPE_VPN, SCOPE_SESSION_TOKEN);
    await revoke(SCOPE_VPN);
    app.state.scopes = app.state.scopes.filter((scope) => scope !== SCOPE_VPN);
    await expect(login(SCOPE_VPN)).rejects.toThrow('"errno":164');
    server.clock.advance(1000);
    account = { ...account, sessionToken: (await signIn(server, email)).sessionToken };
    await login(SCOPE_VPN);
    expect(await app.getAccessToken(SCOPE_VPN)).toMatchObject({ scope: SCOPE_VPN });
  });
});
