import {
  accountDevice,
  accountSessions,
  attachedClientDestroy,
  attachedClients,
  attachedOAuthClients,
  type BodyOf,
  oauthEndpoints,
  SCOPE_OLDSYNC,
  sessionStatus,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addClient } from '../../src/oauth/index.js';
import { FENIX, refreshTokenFor, withToken } from '../support/attach.js';
import { signIn, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;
const REDIRECT = 'https://app.example.com/callback';

let server: TestServer;
let app: { id: string; secret: string };
beforeAll(async () => {
  server = await startTestServer();
  const { client, secret = '' } = await addClient(server.server.context, {
    name: 'A web app',
    redirectUris: [REDIRECT],
    trusted: true,
  });
  app = { id: client.id, secret };
});
afterAll(() => server.close());

const session = (sessionToken: string) => ({ token: ['sessionToken', sessionToken] as const });
type Holder = ReturnType<typeof session>;

const list = (holder: Holder) => server.ok(attachedClients, holder);
const destroy = (holder: Holder, body: BodyOf<typeof attachedClientDestroy>) =>
  server.call(attachedClientDestroy, { ...holder, body });

/** Tokens that a person gives to the web application. */
async function grantToApp(holder: Holder, scope: string, access_type: 'online' | 'offline') {
  const { code } = await server.ok(oauthEndpoints.oauthAuthorization, {
    ...holder,
    body: { client_id: app.id, state: 's', scope, access_type },
  });
  return server.ok(oauthEndpoints.token, { body: { client_id: app.id, client_secret: app.secret, code } });
}

const isActive = async (token: string) =>
  (
    await server.ok(oauthEndpoints.introspect, {
      body: { token, client_id: app.id, client_secret: app.secret },
    })
  ).active;

describe('the list', () => {
  test('has the session that asks before all, then what was used last, each with every member', async () => {
    const email = 'list@example.com';
    const mine = session((await signUp(server, email)).sessionToken);
    server.clock.advance(MINUTE);
    const phone = await refreshTokenFor(server, (await signIn(server, email)).sessionToken);
    server.clock.advance(MINUTE);
    await grantToApp(mine, 'profile openid', 'offline');
    const entries = await list(mine);
    expect(entries.map(({ name, isCurrentSession }) => [name, isCurrentSession])).toEqual([
      [null, true],
      ['A web app', false],
      ['Firefox for Android', false],
    ]);
    expect(entries[1]).toEqual({
      clientId: app.id,
      deviceId: null,
      sessionTokenId: null,
      refreshTokenId: expect.stringMatching(/^[0-9a-f]{64}$/),
      isCurrentSession: false,
      deviceType: null,
      name: 'A web app',
      createdTime: server.clock.now(),
      createdTimeFormatted: 'now',
      lastAccessTime: server.clock.now(),
      lastAccessTimeFormatted: 'now',
      scope: ['openid', 'profile'],
      location: {},
      userAgent: '',
      os: null,
    });
    expect(entries[2]).toMatchObject({
      clientId: FENIX,
      deviceId: expect.any(String),
      sessionTokenId: expect.any(String),
      scope: null,
      deviceType: 'mobile',
      lastAccessTimeFormatted: '1 minute ago',
    });
    expect(JSON.stringify(entries)).not.toContain(phone);
  });

  test('has one entry for all access tokens of an application without a refresh token', async () => {
    const mine = session((await signUp(server, 'bare@example.com')).sessionToken);
    const first = server.clock.now();
    await grantToApp(mine, 'profile:uid', 'online');
    server.clock.advance(MINUTE);
    await grantToApp(mine, 'profile:email', 'online');
    expect((await list(mine)).filter(({ clientId }) => clientId === app.id)).toMatchObject([
      {
        refreshTokenId: null,
        scope: ['profile:email', 'profile:uid'],
        createdTime: first,
        lastAccessTime: server.clock.now(),
      },
    ]);
    await grantToApp(mine, 'profile', 'offline');
    const entries = (await list(mine)).filter(({ clientId }) => clientId === app.id);
    expect(entries).toMatchObject([{ refreshTokenId: expect.any(String), scope: ['profile'] }]);
  });

  test('does not have the bare access tokens of a client that gets them from its session', async () => {
    const mine = session((await signUp(server, 'cangrant@example.com')).sessionToken);
    await server.ok(oauthEndpoints.oauthToken, { ...mine, body: { client_id: FENIX, scope: 'profile' } });
    expect(await list(mine)).toMatchObject([{ clientId: null, isCurrentSession: true }]);
  });

  test('does not have what has expired', async () => {
    const email = 'expired@example.com';
    const old = session((await signUp(server, email)).sessionToken);
    await grantToApp(old, 'profile', 'online');
    server.clock.advance(28 * DAY);
    const mine = session((await signIn(server, email)).sessionToken);
    expect(await list(mine)).toMatchObject([{ isCurrentSession: true }]);
  });

  test('has a session with a device after four weeks too, unless idle devices are not asked for', async () => {
    const email = 'idle@example.com';
    const old = session((await signUp(server, email)).sessionToken);
    await server.ok(accountDevice, { ...old, body: { name: 'Old' } });
    const seen = server.clock.now();
    server.clock.advance(40 * DAY);
    const mine = session((await signIn(server, email)).sessionToken);
    const since = async (time: number) =>
      (await server.ok(attachedClients, { ...mine, query: { filterIdleDevicesTimestamp: String(time) } })).map(
        ({ name }) => name,
      );
    expect(await since(seen)).toEqual([null, 'Old']);
    expect(await since(seen + 1)).toEqual([null]);
    expect(await list(mine)).toHaveLength(2);
  });

  test('has 500 entries at most, and the session that asks among them', async () => {
    const { sessionToken, uid } = await signUp(server, 'many@example.com');
    const { db } = server.server.context.storage;
    const row = await db
      .selectFrom('sessions')
      .selectAll()
      .where('uid', '=', Buffer.from(uid, 'hex'))
      .executeTakeFirstOrThrow();
    const later = server.clock.now() + 1;
    const others = Array.from({ length: 500 }, (_, n) => ({
      ...row,
      tokenHash: Buffer.from(n.toString(16).padStart(64, '0'), 'hex'),
      lastAccessTime: later + n,
    }));
    for (let start = 0; start < 500; start += 50) {
      await db
        .insertInto('sessions')
        .values(others.slice(start, start + 50))
        .execute();
    }
    const entries = await list(session(sessionToken));
    expect(entries).toHaveLength(500);
    expect(entries[0]).toMatchObject({ isCurrentSession: true });
    expect(entries.at(-1)?.lastAccessTime).toBe(later + 1);
  });

  test('is of one account alone, and only for a session', async () => {
    const [one, other] = [
      session((await signUp(server, 'one@example.com')).sessionToken),
      session((await signUp(server, 'two@example.com')).sessionToken),
    ];
    await grantToApp(other, 'profile', 'offline');
    expect(await list(one)).toHaveLength(1);
    const token = await refreshTokenFor(server, one.token[1]);
    for (const endpoint of [attachedClients, accountSessions, attachedOAuthClients] as const) {
      expect(await server.fails(endpoint, withToken(token)), endpoint.path).toMatchObject({ code: 401, errno: 110 });
    }
  });

  test('of applications has each once, with its last use', async () => {
    const mine = session((await signUp(server, 'apps@example.com')).sessionToken);
    await grantToApp(mine, 'profile', 'offline');
    server.clock.advance(MINUTE);
    await grantToApp(mine, 'profile', 'offline');
    await refreshTokenFor(server, mine.token[1]);
    const lastAccessTime = server.clock.now();
    const clients = await server.ok(attachedOAuthClients, mine);
    expect(clients).toHaveLength(2);
    expect(clients).toEqual(
      expect.arrayContaining([
        { clientId: app.id, lastAccessTime },
        { clientId: FENIX, lastAccessTime },
      ]),
    );
  });

  test('of sessions has each with its device', async () => {
    const email = 'sessions@example.com';
    const mine = session((await signUp(server, email)).sessionToken);
    const other = session((await signIn(server, email)).sessionToken);
    const { id } = await server.ok(accountDevice, { ...other, body: { name: 'Other', availableCommands: { a: 'b' } } });
    const entries = await server.ok(accountSessions, mine);
    expect(entries).toHaveLength(2);
    expect(entries.find(({ isDevice }) => !isDevice)).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      isCurrentDevice: true,
      deviceId: null,
      deviceName: null,
      deviceCallbackURL: null,
      deviceCallbackIsExpired: null,
      userAgent: '',
      os: null,
    });
    expect(entries.find(({ isDevice }) => isDevice)).toMatchObject({
      isCurrentDevice: false,
      deviceId: id,
      deviceName: 'Other',
      deviceType: 'desktop',
      deviceAvailableCommands: { a: 'b' },
      deviceCallbackURL: null,
      deviceCallbackIsExpired: false,
    });
  });
});

describe('disconnecting an entry', () => {
  test('by its device ends all that it has, when the tokens that are named along are its own', async () => {
    const email = 'device@example.com';
    const mine = session((await signUp(server, email)).sessionToken);
    const phoneSession = (await signIn(server, email)).sessionToken;
    await refreshTokenFor(server, phoneSession);
    const entry = (await list(mine)).find(({ deviceId }) => deviceId !== null);
    const { deviceId = null, sessionTokenId = null, refreshTokenId = null, clientId = null } = entry ?? {};
    const named = { deviceId, sessionTokenId, refreshTokenId, clientId } as Record<string, string>;
    for (const wrong of [{ sessionTokenId: '0'.repeat(64) }, { refreshTokenId: '0'.repeat(64) }]) {
      expect((await destroy(mine, { ...named, ...wrong })).body).toMatchObject({ code: 400, errno: 107 });
    }
    expect(await list(mine)).toHaveLength(2);
    expect((await destroy(mine, named)).body).toEqual({});
    expect(await list(mine)).toMatchObject([{ isCurrentSession: true }]);
    expect(await server.fails(sessionStatus, session(phoneSession))).toMatchObject({ errno: 110 });
    expect((await destroy(mine, named)).body).toMatchObject({ code: 400, errno: 123 });
  });

  test('by its device also ends the tokens that its client got with the same session', async () => {
    const mine = session((await signUp(server, 'siblings@example.com')).sessionToken);
    const phone = session((await signIn(server, 'siblings@example.com')).sessionToken);
    await refreshTokenFor(server, phone.token[1]);
    await refreshTokenFor(server, phone.token[1], `profile ${SCOPE_OLDSYNC}`);
    const entry = (await list(mine)).find(({ deviceId }) => deviceId !== null);
    await destroy(mine, { deviceId: entry?.deviceId ?? '' });
    expect(await list(mine)).toMatchObject([{ isCurrentSession: true }]);
  });

  test('by its refresh token and client, with nulls for the rest, ends that and the access tokens of it', async () => {
    const mine = session((await signUp(server, 'refresh@example.com')).sessionToken);
    const granted = await grantToApp(mine, 'profile', 'offline');
    const other = await grantToApp(mine, 'profile', 'offline');
    const entry = (await list(mine)).find(({ clientId }) => clientId === app.id);
    const { refreshTokenId } = entry ?? {};
    const nulls = { deviceId: null, sessionTokenId: null } as never as Record<string, undefined>;
    const named = { refreshTokenId: refreshTokenId?.toUpperCase() ?? '', clientId: app.id.toUpperCase(), ...nulls };
    expect((await destroy(mine, named)).body).toEqual({});
    const tokens = [granted, other].flatMap(({ access_token, refresh_token = '' }) => [access_token, refresh_token]);
    expect((await Promise.all(tokens.map(isActive))).sort()).toEqual([false, false, true, true]);
    expect((await destroy(mine, named)).body).toEqual({});
  });

  test('by the refresh token of another client, or of another person, ends nothing', async () => {
    const mine = session((await signUp(server, 'careful@example.com')).sessionToken);
    const stranger = session((await signUp(server, 'careless@example.com')).sessionToken);
    const { refresh_token = '' } = await grantToApp(stranger, 'profile', 'offline');
    const refreshTokenId = (await list(stranger)).find(({ clientId }) => clientId === app.id)?.refreshTokenId ?? '';
    expect((await destroy(mine, { refreshTokenId, clientId: app.id })).body).toEqual({});
    expect((await destroy(stranger, { refreshTokenId, clientId: FENIX })).body).toEqual({});
    expect(await isActive(refresh_token)).toBe(true);
  });

  test('by its client ends every token of it, of this person alone', async () => {
    const mine = session((await signUp(server, 'client@example.com')).sessionToken);
    const other = session((await signUp(server, 'neighbour@example.com')).sessionToken);
    const granted = [await grantToApp(mine, 'profile', 'offline'), await grantToApp(mine, 'openid', 'online')];
    const theirs = await grantToApp(other, 'profile', 'offline');
    expect((await destroy(mine, { clientId: app.id.toUpperCase() })).body).toEqual({});
    for (const { access_token } of granted) expect(await isActive(access_token)).toBe(false);
    expect(await isActive(granted[0]?.refresh_token ?? '')).toBe(false);
    expect(await isActive(theirs.access_token)).toBe(true);
  });

  test('by its client takes the devices of its tokens along', async () => {
    const mine = session((await signUp(server, 'clientdevice@example.com')).sessionToken);
    await refreshTokenFor(server, (await signIn(server, 'clientdevice@example.com')).sessionToken);
    await destroy(mine, { clientId: FENIX });
    const entries = await list(mine);
    expect(entries.map(({ deviceId, clientId }) => [deviceId, clientId])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  test('by its session ends that session, and never one of another account', async () => {
    const email = 'session@example.com';
    const mine = session((await signUp(server, email)).sessionToken);
    const other = session((await signIn(server, email)).sessionToken);
    const stranger = session((await signUp(server, 'stranger@example.com')).sessionToken);
    const foreign = (await list(stranger))[0]?.sessionTokenId ?? '';
    expect((await destroy(mine, { sessionTokenId: foreign })).body).toMatchObject({ code: 401, errno: 110 });
    await server.ok(sessionStatus, stranger);
    const { sessionTokenId } = (await list(mine)).find(({ isCurrentSession }) => !isCurrentSession) ?? {};
    expect((await destroy(mine, { sessionTokenId: sessionTokenId ?? '' })).body).toEqual({});
    expect(await server.fails(sessionStatus, other)).toMatchObject({ errno: 110 });
    await server.ok(sessionStatus, mine);
  });

  test.each<[string, BodyOf<typeof attachedClientDestroy>]>([
    ['nothing', {}],
    ['a refresh token without its client', { refreshTokenId: '0'.repeat(64) }],
    [
      'a refresh token without its client, beside a device',
      { refreshTokenId: '0'.repeat(64), deviceId: '0'.repeat(32) },
    ],
    ['a session together with a client', { clientId: FENIX, sessionTokenId: '0'.repeat(64) }],
    [
      'a session together with a refresh token',
      { clientId: FENIX, refreshTokenId: '0'.repeat(64), sessionTokenId: '0'.repeat(64) },
    ],
    ['a session that is no id', { sessionTokenId: 'x' }],
  ])('that is named by %s is refused', async (what, body) => {
    const mine = session((await signUp(server, `${what.replaceAll(/\W/g, '')}@example.com`)).sessionToken);
    expect((await destroy(mine, body)).body).toMatchObject({ code: 400, errno: 107 });
  });
});
