import { createHash } from 'node:crypto';
import {
  accountDevice,
  accountDeviceDestroy,
  accountDevices,
  type BodyOf,
  deriveToken,
  hexToBytes,
  oauthEndpoints,
  passwordChangeFinish,
  passwordChangeStart,
  type ResponseOf,
  SCOPE_OLDSYNC,
  SCOPE_SESSION_TOKEN,
  sessionDestroy,
  sessionStatus,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FENIX, pushSubscription, refreshTokenFor, withToken } from '../support/attach.js';
import { authPWOf, signIn, signUp } from '../support/person.js';
import { bearer, startTestServer, type TestServer } from '../support/test-server.js';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const FIREFOX = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:128.0) Gecko/20100101 Firefox/128.0';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const session = (sessionToken: string) => ({ token: ['sessionToken', sessionToken] as const });
type Holder = ReturnType<typeof session> | ReturnType<typeof withToken>;

const register = (holder: Holder, body: BodyOf<typeof accountDevice> = {}) =>
  server.ok(accountDevice, { ...holder, body });
const refused = (holder: Holder, body: unknown) =>
  server.fails(accountDevice, { ...holder, body: body as BodyOf<typeof accountDevice> });
const list = (holder: Holder) => server.ok(accountDevices, holder);
const ids = async (holder: Holder) => (await list(holder)).map(({ id }) => id);

/** PKCE with a verifier that is the same every time. */
const VERIFIER = 'verifier-of-forty-three-characters-or-more-0';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

async function grantByCode(sessionToken: string, scope: string): Promise<ResponseOf<typeof oauthEndpoints.oauthToken>> {
  const { code } = await server.ok(oauthEndpoints.oauthAuthorization, {
    ...session(sessionToken),
    body: {
      client_id: FENIX,
      state: 's',
      scope,
      access_type: 'offline',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    },
  });
  return server.ok(oauthEndpoints.oauthToken, { body: { client_id: FENIX, code, code_verifier: VERIFIER } });
}

describe('a device of a session', () => {
  test('is made by the first registration, with words for what was not said, and changed by the next', async () => {
    const { sessionToken } = await signUp(server, 'first@example.com');
    const holder = session(sessionToken);
    const made = await server.ok(accountDevice, { ...holder, body: {}, headers: { 'user-agent': FIREFOX } });
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      createdAt: server.clock.now(),
      name: 'Firefox 128, Mac OS X 10.15',
      type: 'desktop',
      pushEndpointExpired: false,
      availableCommands: {},
    });
    const push = pushSubscription();
    const availableCommands = { 'https://identity.mozilla.com/cmd/open-uri': '{"kid":"00"}' };
    const body = { name: 'Fox on a desk 🦊', type: 'tablet', ...push, availableCommands, capabilities: [] };
    const changed = await register(holder, body);
    expect(changed).toEqual({
      id: made.id,
      createdAt: made.createdAt,
      name: body.name,
      type: 'tablet',
      pushEndpointExpired: false,
      availableCommands,
      ...push,
    });
    expect(await register(holder, {})).toEqual(changed);
    expect(await list(holder)).toEqual([
      {
        id: made.id,
        name: body.name,
        type: 'tablet',
        isCurrentDevice: true,
        lastAccessTime: server.clock.now(),
        lastAccessTimeFormatted: 'now',
        location: {},
        pushEndpointExpired: false,
        availableCommands,
        ...push,
      },
    ]);
  });

  test('has null for the push subscription that it has not', async () => {
    const { sessionToken } = await signUp(server, 'nopush@example.com');
    await register(session(sessionToken));
    expect((await list(session(sessionToken)))[0]).toMatchObject({
      pushCallback: null,
      pushPublicKey: null,
      pushAuthKey: null,
    });
  });

  test('may be named in Hawk requests too', async () => {
    const { sessionToken } = await signUp(server, 'hawk@example.com');
    const { tokenId } = await deriveToken('sessionToken', hexToBytes(sessionToken));
    const authorization = `Hawk id="${tokenId}", ts="1", nonce="n", mac="bWFj"`;
    const made = await server.ok(accountDevice, { headers: { authorization }, body: { name: 'Hawk' } });
    expect(await ids(session(sessionToken))).toEqual([made.id]);
  });

  test('is taken over by a later session that names it, and stays what it was', async () => {
    const email = 'again@example.com';
    const { sessionToken } = await signUp(server, email);
    const made = await register(session(sessionToken), { name: 'Mine', ...pushSubscription() });
    const later = await signIn(server, email);
    expect(await register(session(later.sessionToken), { id: made.id.toUpperCase() })).toEqual(made);
    expect(await list(session(later.sessionToken))).toMatchObject([{ id: made.id, isCurrentDevice: true }]);
    expect(await list(session(sessionToken))).toMatchObject([{ id: made.id, isCurrentDevice: false }]);
  });

  test('is unknown under the id of somebody else, or of nobody', async () => {
    const { sessionToken } = await signUp(server, 'own@example.com');
    const stranger = await signUp(server, 'foreign@example.com');
    const { id } = await register(session(stranger.sessionToken), { name: 'Not yours' });
    for (const unknown of [id, '0'.repeat(32)]) {
      expect(await refused(session(sessionToken), { id: unknown, name: 'x' })).toMatchObject({ code: 400, errno: 123 });
    }
    expect(await list(session(stranger.sessionToken))).toMatchObject([{ id, name: 'Not yours' }]);
    expect(await list(session(sessionToken))).toEqual([]);
  });

  test('is one only: a session that has one may not name another, and is told which it has', async () => {
    const email = 'conflict@example.com';
    const { sessionToken } = await signUp(server, email);
    const other = await signIn(server, email);
    const mine = await register(session(sessionToken));
    const others = await register(session(other.sessionToken), { name: 'Other' });
    expect(await refused(session(sessionToken), { id: others.id, name: 'x' })).toMatchObject({
      code: 400,
      errno: 124,
      deviceId: mine.id,
    });
    const names = (await list(session(other.sessionToken))).map(({ id, name }) => [id, name]);
    expect(names).toContainEqual([others.id, 'Other']);
  });

  test('is not written when nothing about it changes', async () => {
    const { sessionToken } = await signUp(server, 'same@example.com');
    const holder = session(sessionToken);
    const body = { name: 'Same', ...pushSubscription(), availableCommands: { a: 'b', c: 'd' } };
    const { id } = await register(holder, body);
    const { db } = server.server.context.storage;
    const agent = async () => (await db.selectFrom('devices').select(['id', 'uaBrowser']).execute()).map((row) => row);
    const before = await agent();
    await server.ok(accountDevice, { ...holder, body: { ...body, id }, headers: { 'user-agent': FIREFOX } });
    expect(await agent()).toEqual(before);
    await server.ok(accountDevice, { ...holder, body: { name: 'Other' }, headers: { 'user-agent': FIREFOX } });
    expect(await agent()).not.toEqual(before);
  });

  test('lets its session live longer than four weeks, and goes with it', async () => {
    const email = 'weeks@example.com';
    const { sessionToken } = await signUp(server, email);
    const bare = await signIn(server, email);
    const { id } = await register(session(sessionToken));
    server.clock.advance(29 * DAY);
    await server.ok(sessionStatus, session(sessionToken));
    expect(await server.fails(sessionStatus, session(bare.sessionToken))).toMatchObject({ errno: 110 });
    const later = await signIn(server, email);
    expect(await ids(session(later.sessionToken))).toEqual([id]);
    await server.ok(sessionDestroy, session(sessionToken));
    expect(await ids(session(later.sessionToken))).toEqual([]);
  });

  test('goes with a session that another one ends, and not with one that is unknown', async () => {
    const email = 'ended@example.com';
    const { sessionToken } = await signUp(server, email);
    const other = await signIn(server, email);
    await register(session(other.sessionToken));
    const customSessionToken = (await bearer('sessionToken', other.sessionToken)).slice('Bearer fxs_'.length);
    const wrong = { customSessionToken: '0'.repeat(64) };
    expect(await server.fails(sessionDestroy, { ...session(sessionToken), body: wrong })).toMatchObject({ errno: 110 });
    expect(await ids(session(sessionToken))).toHaveLength(1);
    await server.ok(sessionDestroy, { ...session(sessionToken), body: { customSessionToken } });
    expect(await ids(session(sessionToken))).toEqual([]);
  });

  test('goes with a change of the password, also when it is held by a refresh token of a public client', async () => {
    const email = 'changed@example.com';
    const { sessionToken } = await signUp(server, email);
    const other = await signIn(server, email);
    await register(session(sessionToken));
    await register(withToken(await refreshTokenFor(server, other.sessionToken)));
    expect(await ids(session(sessionToken))).toHaveLength(2);
    const { passwordChangeToken } = await server.ok(passwordChangeStart, {
      ...session(sessionToken),
      body: { email, oldAuthPW: await authPWOf(email) },
    });
    const changed = await server.ok(passwordChangeFinish, {
      token: ['passwordChangeToken', passwordChangeToken],
      body: {
        authPW: await authPWOf(email, 'another password'),
        wrapKb: '1'.repeat(64),
        sessionToken: (await bearer('sessionToken', sessionToken)).slice('Bearer fxs_'.length),
      },
    });
    expect(await ids(session(changed.sessionToken ?? ''))).toEqual([]);
    expect(await server.server.context.storage.db.selectFrom('devices').select('uid').execute()).not.toContainEqual({
      uid: Buffer.from(changed.uid ?? '', 'hex'),
    });
  });
});

describe('a device of a refresh token', () => {
  test('is there when the token is, nameless but for its client, and is the one that its holder registers', async () => {
    const { sessionToken } = await signUp(server, 'placeholder@example.com');
    const granted = await grantByCode(sessionToken, `profile ${SCOPE_OLDSYNC}`);
    const holder = withToken(granted.refresh_token ?? '');
    const [placeholder] = await list(holder);
    expect(placeholder).toMatchObject({ name: 'Firefox for Android', type: 'mobile', isCurrentDevice: true });
    const registered = await register(holder, { name: 'Phone', ...pushSubscription() });
    expect(registered).toMatchObject({ id: placeholder?.id, name: 'Phone', type: 'mobile' });
    expect(await list(session(sessionToken))).toMatchObject([{ id: placeholder?.id, isCurrentDevice: false }]);
  });

  test('is that of the session, too, which comes with the token', async () => {
    const { sessionToken } = await signUp(server, 'both@example.com');
    const granted = await grantByCode(sessionToken, `${SCOPE_OLDSYNC} ${SCOPE_SESSION_TOKEN}`);
    const [byToken, bySession] = [withToken(granted.refresh_token ?? ''), session(granted.session_token ?? '')];
    const [device] = await list(byToken);
    expect(await list(bySession)).toMatchObject([{ id: device?.id, isCurrentDevice: true }]);
    expect((await register(bySession, { name: 'Both' })).id).toBe(device?.id);
    expect(await list(byToken)).toMatchObject([{ id: device?.id, name: 'Both' }]);
    expect(await list(session(sessionToken))).toMatchObject([{ isCurrentDevice: false }]);
  });

  test('is not made for a token without Sync, which may not come here either', async () => {
    const { sessionToken } = await signUp(server, 'nosync@example.com');
    const token = await refreshTokenFor(server, sessionToken, 'profile');
    expect(await ids(session(sessionToken))).toEqual([]);
    for (const endpoint of [accountDevice, accountDevices] as const) {
      expect(await server.fails(endpoint, withToken(token))).toMatchObject({ code: 400, errno: 163 });
    }
    const destroy = { ...withToken(token), body: { id: '0'.repeat(32) } };
    expect(await server.fails(accountDeviceDestroy, destroy)).toMatchObject({ code: 400, errno: 163 });
  });

  test('loses the name that null clears, as the Rust client writes it', async () => {
    const { sessionToken } = await signUp(server, 'cleared@example.com');
    const holder = withToken(await refreshTokenFor(server, sessionToken));
    const agent = { 'user-agent': 'Firefox-iOS-FxA/24' };
    await register(holder, { name: 'Phone' });
    const cleared = await server.ok(accountDevice, {
      ...holder,
      headers: { ...holder.headers, ...agent },
      body: { name: null },
    });
    expect(cleared.name).toBe('Firefox 24, iOS');
  });

  test('goes with its token, whichever way that ends', async () => {
    const email = 'ends@example.com';
    const { sessionToken } = await signUp(server, email);
    for (const endpoint of [oauthEndpoints.destroy, oauthEndpoints.oauthDestroy] as const) {
      const { refresh_token: token = '' } = await grantByCode(sessionToken, SCOPE_OLDSYNC);
      expect(await ids(session(sessionToken))).toHaveLength(1);
      await server.ok(endpoint, { body: { client_id: FENIX, token } });
      expect(await ids(session(sessionToken))).toEqual([]);
      expect(await server.fails(accountDevices, withToken(token))).toMatchObject({ code: 401, errno: 110 });
    }
  });

  test('was last seen when its token was, to the day', async () => {
    const { sessionToken } = await signUp(server, 'seen@example.com');
    const holder = withToken((await grantByCode(sessionToken, SCOPE_OLDSYNC)).refresh_token ?? '');
    const granted = server.clock.now();
    server.clock.advance(DAY - 1);
    expect(await list(holder)).toMatchObject([{ lastAccessTime: granted, lastAccessTimeFormatted: '23 hours ago' }]);
    server.clock.advance(1);
    expect(await list(holder)).toMatchObject([{ lastAccessTime: granted + DAY, lastAccessTimeFormatted: 'now' }]);
  });
});

describe('credentials of the routes of devices', () => {
  test.each<[string, string | undefined, number, number]>([
    ['none', undefined, 401, 110],
    ['an unknown session', `Bearer fxs_${'ab'.repeat(32)}`, 401, 110],
    ['an unknown session, by Hawk', `Hawk id="${'ab'.repeat(32)}", ts="1", nonce="n", mac="bWFj"`, 401, 110],
    ['an unknown refresh token', `Bearer ${'ab'.repeat(32)}`, 401, 110],
    ['a Bearer that is too short', `Bearer ${'ab'.repeat(31)}`, 400, 107],
    ['a Bearer that is no hex', `Bearer ${'xy'.repeat(32)}`, 400, 107],
    ['a token of another kind', `Bearer fxk_${'ab'.repeat(32)}`, 400, 107],
    ['another scheme', 'Basic YTpi', 400, 107],
  ])('%s: %s', async (_what, authorization, code, errno) => {
    for (const endpoint of [accountDevices, accountDevice] as const) {
      const headers = authorization === undefined ? {} : { authorization };
      expect(await server.fails(endpoint, { headers })).toMatchObject({ code, errno });
    }
  });

  test('a refresh token may be written in capitals', async () => {
    const { sessionToken } = await signUp(server, 'capitals@example.com');
    const token = await refreshTokenFor(server, sessionToken);
    expect(await ids(withToken(token.toUpperCase()))).toHaveLength(1);
  });
});

describe('what a registration may say', () => {
  let holder: Holder;
  beforeAll(async () => {
    holder = session((await signUp(server, 'limits@example.com')).sessionToken);
  });

  const push = pushSubscription();
  const callback = (length: number) => push.pushCallback.padEnd(length, 'x');
  const key = Buffer.from(push.pushPublicKey, 'base64url');
  const spoilt = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(key);
    change(bytes);
    return bytes.toString('base64url');
  };

  test.each<[string, BodyOf<typeof accountDevice>]>([
    ['a name of 255 characters', { name: 'x'.repeat(255) }],
    ['a name of astral characters', { name: '🦊'.repeat(100) }],
    ['an empty name', { name: '' }],
    ['a type of 16 characters', { type: 'x'.repeat(16) }],
    ['a callback of 255 characters', { ...push, pushCallback: callback(255) }],
    ['a callback with a port', { ...push, pushCallback: 'https://updates.push.services.mozilla.com:8443/x' }],
    ['a callback of a staging server', { ...push, pushCallback: 'https://updates-autopush.stage.mozaws.net/wpush' }],
    ['a callback without keys', { pushCallback: push.pushCallback }],
    ['an auth key of 24 characters', { ...push, pushAuthKey: 'x'.repeat(24) }],
    ['a command with a long name and text', { availableCommands: { ['x'.repeat(100)]: 'x'.repeat(2048) } }],
    ['commands with every kind of character', { availableCommands: { 'aZ09._/-:': '' } }],
    ['a command with the name of a prototype', { availableCommands: JSON.parse('{"__proto__":"x"}') }],
    ['no capabilities', { capabilities: [] }],
  ])('%s', async (_what, body) => {
    const answer = await register(holder, body);
    if (body.availableCommands !== undefined) {
      expect(Object.entries(answer.availableCommands)).toEqual(Object.entries(body.availableCommands));
    }
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['a name of 256 characters', { name: 'x'.repeat(256) }, 'name'],
    ['a name with a control character', { name: 'a\u0000b' }, 'name'],
    ['a name with a line separator', { name: 'a\u2028b' }, 'name'],
    ['a name with a character of nobody', { name: 'a\ue000b' }, 'name'],
    ['a name that is no text', { name: 7 }, 'name'],
    ['a type of 17 characters', { type: 'x'.repeat(17) }, 'type'],
    ['a type with a control character', { type: 'a\u0000' }, 'type'],
    ['an id that is none', { id: 'x' }, 'id'],
    ['a callback of 256 characters', { ...push, pushCallback: callback(256) }, 'pushCallback'],
    ['a callback without TLS', { ...push, pushCallback: push.pushCallback.replace('https', 'http') }, 'pushCallback'],
    ['a callback of another server', { ...push, pushCallback: 'https://push.example.com/' }, 'pushCallback'],
    [
      'a callback that ends like one',
      { ...push, pushCallback: 'https://a.services.mozilla.com.example/' },
      'pushCallback',
    ],
    ['a callback whose host is a part', { ...push, pushCallback: 'https://xservices.mozilla.com/' }, 'pushCallback'],
    ['a callback with a user', { ...push, pushCallback: 'https://u@a.services.mozilla.com/' }, 'pushCallback'],
    [
      'a callback with two hosts',
      { ...push, pushCallback: 'https://evil.example\\@a.services.mozilla.com/' },
      'pushCallback',
    ],
    [
      'a callback of this machine',
      { ...push, pushCallback: 'https://127.0.0.1/.services.mozilla.com' },
      'pushCallback',
    ],
    ['a callback that is no URL', { ...push, pushCallback: 'https://' }, 'pushCallback'],
    ['a callback with a blank', { ...push, pushCallback: `${push.pushCallback} x` }, 'pushCallback'],
    ['keys without a callback', { pushPublicKey: push.pushPublicKey, pushAuthKey: push.pushAuthKey }, 'pushCallback'],
    ['one key of two', { pushCallback: push.pushCallback, pushPublicKey: push.pushPublicKey }, 'pushPublicKey'],
    ['a public key of 89 characters', { ...push, pushPublicKey: 'x'.repeat(89) }, 'pushPublicKey'],
    ['a public key off the curve', { ...push, pushPublicKey: spoilt((k) => k.writeUInt8(1, 64)) }, 'pushPublicKey'],
    ['a public key of nothing', { ...push, pushPublicKey: Buffer.alloc(65, 0).toString('base64url') }, 'pushPublicKey'],
    ['a public key of another form', { ...push, pushPublicKey: spoilt((k) => k.writeUInt8(6, 0)) }, 'pushPublicKey'],
    ['half a public key', { ...push, pushPublicKey: push.pushPublicKey.slice(0, 44) }, 'pushPublicKey'],
    ['a public key with padding', { ...push, pushPublicKey: `${push.pushPublicKey}=` }, 'pushPublicKey'],
    ['an auth key of 25 characters', { ...push, pushAuthKey: 'x'.repeat(25) }, 'pushAuthKey'],
    ['a command with a name of 101 characters', { availableCommands: { ['x'.repeat(101)]: 'x' } }, 'availableCommands'],
    ['a command without a name', { availableCommands: { '': 'x' } }, 'availableCommands'],
    ['a command with a blank in its name', { availableCommands: { 'a b': 'x' } }, 'availableCommands'],
    ['a command of 2049 characters', { availableCommands: { a: 'x'.repeat(2049) } }, 'availableCommands'],
    ['a command that is no text', { availableCommands: { a: {} } }, 'availableCommands'],
    ['capabilities', { capabilities: ['messages'] }, 'capabilities'],
  ])('not %s', async (_what, body, member) => {
    const before = await list(holder);
    const { code, errno, validation } = await refused(holder, body);
    expect([code, errno]).toEqual([400, 107]);
    expect((validation as { keys: string[] }).keys).toContain(member);
    expect(await list(holder)).toEqual(before);
  });

  test('a new subscription ends the expiry of the old one; empty texts clear all of it', async () => {
    const { sessionToken } = await signUp(server, 'expired@example.com');
    const mine = session(sessionToken);
    await register(mine, push);
    const { db } = server.server.context.storage;
    await db.updateTable('devices').set({ pushEndpointExpired: 1 }).execute();
    expect(await list(mine)).toMatchObject([{ pushEndpointExpired: true }]);
    expect(await register(mine, { name: 'Still expired' })).toMatchObject({ pushEndpointExpired: true });
    expect(await register(mine, pushSubscription('two'))).toMatchObject({ pushEndpointExpired: false });
    const cleared = await register(mine, { pushCallback: '', pushPublicKey: '', pushAuthKey: '' });
    expect(Object.keys(cleared).filter((member) => /^push(?!EndpointExpired)/.test(member))).toEqual([]);
    expect(await list(mine)).toMatchObject([{ pushCallback: null, pushPublicKey: null, pushAuthKey: null }]);
  });
});

describe('the services that push messages may go to', () => {
  test('are that of Firefox and those of the settings, by their whole origin', async () => {
    const own = await startTestServer({ pushOrigins: ['https://push.example.org'] });
    const { sessionToken } = await signUp(own, 'own@example.com');
    const subscription = pushSubscription();
    const attempt = (pushCallback: string) =>
      own.call(accountDevice, { ...session(sessionToken), body: { ...subscription, pushCallback } });
    expect((await attempt('https://push.example.org/x')).status).toBe(200);
    expect((await attempt(subscription.pushCallback)).status).toBe(200);
    expect((await attempt('https://a.push.example.org/x')).status).toBe(400);
    expect((await attempt('https://push.example.org:8443/x')).status).toBe(400);
    expect((await attempt('http://push.example.org/x')).status).toBe(400);
    await own.close();
  });
});

describe('disconnecting a device', () => {
  test('ends its record, its session and its refresh token', async () => {
    const email = 'disconnect@example.com';
    const { sessionToken } = await signUp(server, email);
    const granted = await grantByCode(sessionToken, `${SCOPE_OLDSYNC} ${SCOPE_SESSION_TOKEN}`);
    const [byToken, bySession] = [withToken(granted.refresh_token ?? ''), session(granted.session_token ?? '')];
    const [device] = await list(byToken);
    await server.ok(accountDeviceDestroy, { ...session(sessionToken), body: { id: device?.id.toUpperCase() ?? '' } });
    expect(await ids(session(sessionToken))).toEqual([]);
    expect(await server.fails(accountDevices, byToken)).toMatchObject({ code: 401, errno: 110 });
    expect(await server.fails(sessionStatus, bySession)).toMatchObject({ code: 401, errno: 110 });
    const { active } = await server.ok(oauthEndpoints.introspect, { body: { token: granted.access_token } });
    expect(active).toBe(false);
  });

  test('may be done by the device itself, with its refresh token', async () => {
    const { sessionToken } = await signUp(server, 'itself@example.com');
    const { refresh_token: token = '' } = await grantByCode(sessionToken, SCOPE_OLDSYNC);
    const [id = ''] = await ids(withToken(token));
    await server.ok(accountDeviceDestroy, { ...withToken(token), body: { id } });
    expect(await server.fails(accountDevices, withToken(token))).toMatchObject({ code: 401, errno: 110 });
    await server.ok(sessionStatus, session(sessionToken));
  });

  test('is refused for a device of nobody and of somebody else', async () => {
    const { sessionToken } = await signUp(server, 'mine@example.com');
    const stranger = await signUp(server, 'yours@example.com');
    const { id } = await register(session(stranger.sessionToken));
    for (const unknown of [id, 'ab'.repeat(16)]) {
      const attempt = { ...session(sessionToken), body: { id: unknown } };
      expect(await server.fails(accountDeviceDestroy, attempt)).toMatchObject({ code: 400, errno: 123 });
    }
    expect(await ids(session(stranger.sessionToken))).toEqual([id]);
    await server.ok(sessionStatus, session(stranger.sessionToken));
  });

  test('needs an id', async () => {
    const { sessionToken } = await signUp(server, 'noid@example.com');
    const without = { ...session(sessionToken), body: {} as never };
    expect(await server.fails(accountDeviceDestroy, without)).toMatchObject({ errno: 108, param: 'id' });
  });
});

describe('the list of devices', () => {
  test('leaves out what was not seen since the moment that is asked for', async () => {
    const email = 'idle@example.com';
    const { sessionToken } = await signUp(server, email);
    const idle = await register(session(sessionToken), { name: 'Idle' });
    server.clock.advance(10 * DAY);
    const later = session((await signIn(server, email)).sessionToken);
    const busy = await register(later, { name: 'Busy' });
    const since = async (time: number) =>
      (await server.ok(accountDevices, { ...later, query: { filterIdleDevicesTimestamp: String(time) } })).map(
        ({ id }) => id,
      );
    const seen = server.clock.now() - 10 * DAY;
    expect(await since(seen)).toEqual([idle.id, busy.id]);
    expect(await since(seen + 1)).toEqual([busy.id]);
    expect(await ids(later)).toEqual([idle.id, busy.id]);
  });

  test.each(['', '-1', '1.5', 'yesterday', '9'.repeat(16)])('does not take %j for a moment', async (time) => {
    const { sessionToken } = await signUp(server, `moment${time.length}${time.charCodeAt(0) || 0}@example.com`);
    const query = { filterIdleDevicesTimestamp: time };
    expect(await server.fails(accountDevices, { ...session(sessionToken), query })).toMatchObject({
      code: 400,
      errno: 107,
    });
  });

  test('says how long ago in the language of the reader', async () => {
    const { sessionToken } = await signUp(server, 'language@example.com');
    const holder = session(sessionToken);
    await register(holder);
    const [device] = await server.ok(accountDevices, { ...holder, headers: { 'accept-language': 'de-AT, en;q=0.5' } });
    expect(device?.lastAccessTimeFormatted).toBe('jetzt');
  });
});

describe('the mail about a new device', () => {
  const subjects = async (email: string) =>
    (await server.mails(email)).map(({ headers }) => headers['x-template-name']);

  test('is sent when an application becomes one, and not to whom made the account that day', async () => {
    const email = 'mail@example.com';
    const { sessionToken } = await signUp(server, email);
    const before = (await subjects(email)).length;
    server.clock.advance(DAY - 1);
    await grantByCode(sessionToken, SCOPE_OLDSYNC);
    expect(await subjects(email)).toHaveLength(before);
    server.clock.advance(1);
    await grantByCode(sessionToken, 'profile');
    expect(await subjects(email)).toHaveLength(before);
    await grantByCode(sessionToken, SCOPE_OLDSYNC);
    expect((await subjects(email)).slice(before)).toEqual(['newDeviceLogin']);
  });

  test('is not sent again when a session that has a device gets another token', async () => {
    const email = 'nomail@example.com';
    const { sessionToken } = await signUp(server, email);
    server.clock.advance(DAY);
    await refreshTokenFor(server, sessionToken);
    const before = (await subjects(email)).length;
    await refreshTokenFor(server, sessionToken);
    expect(await subjects(email)).toHaveLength(before);
  });
});
