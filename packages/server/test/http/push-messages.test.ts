import {
  accountDestroy,
  accountDevice,
  accountDeviceDestroy,
  accountDevices,
  accountDevicesNotify,
  accountReset,
  attachedClientDestroy,
  type BodyOf,
  oauthEndpoints,
  passwordChangeFinish,
  profileEndpoints,
  sessionDestroy,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FENIX, refreshTokenFor, withToken } from '../support/attach.js';
import { resetTokenFor, startChange, tokenIdOf } from '../support/passwords.js';
import { authPWOf, confirm, signIn, signUp } from '../support/person.js';
import { pushedTo, type Subscriber, subscribe } from '../support/push.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let people = 0;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Connected extends Subscriber {
  readonly id: string;
  readonly proof: { readonly token: readonly ['sessionToken', string] };
}

async function connect(sessionToken: string, name: string, on = server): Promise<Connected> {
  people += 1;
  const subscriber = await subscribe(`${name}-${people}`);
  const proof = { token: ['sessionToken', sessionToken] as const };
  const { id } = await on.ok(accountDevice, { ...proof, body: { name, ...subscriber.subscription } });
  return { ...subscriber, id, proof };
}

/** An account with two devices that have heard all there was to hear. */
async function twoDevices(name: string) {
  const email = `${name}@example.com`;
  const account = await signUp(server, email);
  const desk = await connect(account.sessionToken, 'Desk');
  const phone = await connect((await signIn(server, email)).sessionToken, 'Phone');
  await pushedTo(server, desk);
  await pushedTo(server, phone);
  return { email, uid: account.uid, sessionToken: account.sessionToken, desk, phone };
}

const plain = (command: string) => ({ version: 1, command: `fxaccounts:${command}` });
const gone = (id: string) => ({ ...plain('device_disconnected'), data: { id } });

describe('the other devices are told', () => {
  test('of a new device, by its name, once', async () => {
    const { email, desk, phone } = await twoDevices('connect');
    const tablet = await connect((await signIn(server, email)).sessionToken, 'Tablet');
    const connected = { ...plain('device_connected'), data: { deviceName: 'Tablet' } };
    expect(await pushedTo(server, desk)).toEqual([connected]);
    expect(await pushedTo(server, phone)).toEqual([connected]);
    expect(await pushedTo(server, tablet)).toEqual([]);
    // Described anew, it is no new one.
    await server.ok(accountDevice, { ...tablet.proof, body: { name: 'Other name' } });
    expect(await pushedTo(server, desk)).toEqual([]);
  });

  test('of a session that waits to be verified only that it was, when it was', async () => {
    const cautious = await startTestServer({ confirmSignIn: 'always' });
    const email = 'cautious@example.com';
    const desk = await connect((await signUp(cautious, email)).sessionToken, 'Desk', cautious);
    const { sessionToken } = await signIn(cautious, email);
    await connect(sessionToken, 'Somebody', cautious);
    expect(await pushedTo(cautious, desk)).toEqual([]);
    await confirm(cautious, email, sessionToken);
    expect(await pushedTo(cautious, desk)).toEqual([undefined]);
    await cautious.close();
  });

  test('of an application that becomes a device', async () => {
    const { email, desk } = await twoDevices('application');
    await refreshTokenFor(server, (await signIn(server, email)).sessionToken);
    expect(await pushedTo(server, desk)).toMatchObject([plain('device_connected')]);
  });

  test.each([
    [
      'by a list of devices',
      (_: Connected, desk: Connected, id: string) => server.ok(accountDeviceDestroy, { ...desk.proof, body: { id } }),
    ],
    [
      'by a list of applications',
      (_: Connected, desk: Connected, deviceId: string) =>
        server.ok(attachedClientDestroy, { ...desk.proof, body: { deviceId } }),
    ],
    ['by signing out', (phone: Connected) => server.ok(sessionDestroy, phone.proof)],
  ])('of one that was disconnected %s, and so is that one itself', async (way, disconnect) => {
    const { desk, phone } = await twoDevices(`disconnect${way.length}`);
    await disconnect(phone, desk, phone.id);
    expect(await pushedTo(server, desk)).toEqual([gone(phone.id)]);
    expect(await pushedTo(server, phone)).toEqual([gone(phone.id)]);
  });

  test('of an application that gave its token up', async () => {
    const { email, desk } = await twoDevices('given-up');
    const refresh_token = await refreshTokenFor(server, (await signIn(server, email)).sessionToken);
    const { id } = await server.ok(accountDevice, withToken(refresh_token));
    await pushedTo(server, desk);
    await server.ok(oauthEndpoints.destroy, { body: { refresh_token } });
    expect(await pushedTo(server, desk)).toEqual([gone(id)]);
  });

  test('of nothing when Firefox gives up the refresh token that it got its keys with', async () => {
    const { desk, phone } = await twoDevices('desktop');
    await server.ok(accountDevice, { ...desk.proof, body: { type: 'desktop' } });
    const refresh_token = await refreshTokenFor(server, desk.proof.token[1]);
    await server.ok(oauthEndpoints.oauthDestroy, { body: { client_id: FENIX, token: refresh_token } });
    expect(await pushedTo(server, phone)).toEqual([]);
    expect(await pushedTo(server, desk)).toEqual([]);
    const devices = await server.ok(accountDevices, desk.proof);
    expect(devices.find(({ isCurrentDevice }) => isCurrentDevice)?.id).toBe(desk.id);
  });

  test('of a change of the profile, the one that made it included', async () => {
    const { sessionToken, desk, phone } = await twoDevices('profile');
    const { access_token = '' } = await server.ok(oauthEndpoints.oauthToken, {
      token: ['sessionToken', sessionToken],
      body: { client_id: 'ea3ca969f8c6bb0d', grant_type: 'fxa-credentials', scope: 'profile:write' },
    });
    await server.ok(profileEndpoints.displayNameChange, { ...withToken(access_token), body: { displayName: 'Fox' } });
    expect(await pushedTo(server, desk)).toEqual([plain('profile_updated')]);
    expect(await pushedTo(server, phone)).toEqual([plain('profile_updated')]);
  });

  test('of a changed password, but for the one that changed it', async () => {
    const { email, sessionToken, desk, phone } = await twoDevices('change');
    const { passwordChangeToken } = await startChange(server, email, sessionToken);
    const body = { authPW: await authPWOf(email, 'another password'), wrapKb: '0'.repeat(64) };
    await server.ok(passwordChangeFinish, {
      token: ['passwordChangeToken', passwordChangeToken],
      body: { ...body, sessionToken: await tokenIdOf(sessionToken) },
    });
    expect(await pushedTo(server, phone)).toEqual([plain('password_changed')]);
    expect(await pushedTo(server, desk)).toEqual([]);
  });

  test('of a reset password, all of them', async () => {
    const { email, desk, phone } = await twoDevices('reset');
    await server.ok(accountReset, {
      token: ['accountResetToken', await resetTokenFor(server, email)],
      body: { authPW: await authPWOf(email, 'another password') },
    });
    expect(await pushedTo(server, desk)).toEqual([plain('password_reset')]);
    expect(await pushedTo(server, phone)).toEqual([plain('password_reset')]);
  });

  test('of the end of the account, though their records end with it', async () => {
    const { email, uid, desk, phone } = await twoDevices('destroy');
    await server.ok(accountDestroy, { ...desk.proof, body: { email, authPW: await authPWOf(email) } });
    const destroyed = { ...plain('account_destroyed'), data: { uid } };
    expect(await pushedTo(server, desk)).toEqual([destroyed]);
    expect(await pushedTo(server, phone)).toEqual([destroyed]);
  });
});

describe('a message of a device', () => {
  type Body = BodyOf<typeof accountDevicesNotify>;
  const payload: Body['payload'] = {
    version: 1,
    command: 'sync:collection_changed',
    data: { collections: ['clients'], reason: 'firstsync' },
  };
  const notify = (sender: Connected, body: Body) => server.call(accountDevicesNotify, { ...sender.proof, body });

  const ttls = async ({ subscription }: Subscriber) => {
    await server.server.context.push.runOnce();
    return server.push.requests
      .filter(({ endpoint }) => endpoint === subscription.pushCallback)
      .map(({ headers }) => headers['ttl']);
  };

  test('goes to all but those that it excludes, as Firefox writes it', async () => {
    const { desk, phone } = await twoDevices('notify');
    expect((await notify(desk, { to: 'all', excluded: [desk.id.toUpperCase()], payload, TTL: 0 })).body).toEqual({});
    expect(await pushedTo(server, phone)).toEqual([payload]);
    expect(await pushedTo(server, desk)).toEqual([]);
  });

  test('goes to those that it names, and keeps its TTL up to four weeks', async () => {
    const { desk, phone } = await twoDevices('named');
    await notify(desk, { to: [phone.id.toUpperCase(), '0'.repeat(32)], payload, TTL: 30 });
    expect(await ttls(phone)).toEqual(['30']);
    expect(await pushedTo(server, phone)).toEqual([payload]);
    expect(await pushedTo(server, desk)).toEqual([]);
    await notify(desk, { to: [phone.id], payload, TTL: Number.MAX_SAFE_INTEGER });
    expect(await ttls(phone)).toEqual([String(28 * 24 * 3600)]);
  });

  test('may say only that something was verified', async () => {
    const { desk, phone } = await twoDevices('verified');
    await notify(desk, { to: [phone.id], payload: {}, _endpointAction: 'accountVerify' });
    expect(await pushedTo(server, phone)).toEqual([undefined]);
  });

  test.each([
    ['an unknown command', { to: 'all', payload: { version: 1, command: 'fxaccounts:surprise' } }],
    ['another version', { to: 'all', payload: { ...payload, version: 2 } }],
    ['no command', { to: 'all', payload: {} }],
    [
      'data where none belongs',
      { to: 'all', payload: { version: 1, command: 'fxaccounts:profile_updated', data: {} } },
    ],
    ['no data where some belongs', { to: 'all', payload: { version: 1, command: 'fxaccounts:device_connected' } }],
    ['a collection that is none', { to: 'all', payload: { ...payload, data: { collections: ['secrets'] } } }],
    ['no collection', { to: 'all', payload: { ...payload, data: { collections: [] } } }],
    ['a collection twice', { to: 'all', payload: { ...payload, data: { collections: ['tabs', 'tabs'] } } }],
    ['members of its own', { to: 'all', payload: { ...payload, more: 1 } }],
    ['a payload for a verification', { to: 'all', payload, _endpointAction: 'accountVerify' }],
    ['excluded devices among named ones', { to: ['0'.repeat(32)], excluded: ['0'.repeat(32)], payload }],
    ['somebody who is no device', { to: 'everybody', payload }],
    ['a negative TTL', { to: 'all', payload, TTL: -1 }],
  ])('with %s is refused', async (what, body) => {
    const { desk, phone } = await twoDevices(`refused${what.replaceAll(' ', '-')}`);
    expect(await notify(desk, body as Body)).toMatchObject({ status: 400, body: { errno: 107 } });
    expect(await pushedTo(server, phone)).toEqual([]);
  });

  test('goes out 500 times in a quarter of an hour, and not once more', async () => {
    const limited = await startTestServer({ rateLimits: true });
    const { uid, sessionToken } = await signUp(limited, 'loud@example.com');
    const send = () =>
      limited.call(accountDevicesNotify, { token: ['sessionToken', sessionToken], body: { to: 'all', payload } });
    for (let count = 0; count < 499; count += 1) {
      await limited.server.context.limits.check('notifyDevices', { ip: '192.0.2.1', uid });
    }
    expect((await send()).status).toBe(200);
    expect(await send()).toMatchObject({ status: 429, body: { errno: 114 } });
    await limited.close();
  });
});

test('a push service that hangs delays no answer and not the end of the server', async () => {
  const own = await startTestServer();
  const { sessionToken } = await signUp(own, 'hanging@example.com');
  own.push.answer = () => new Promise((_, reject) => (own.push.close = () => reject(new Error('closed'))));
  const subscriber = await subscribe('hanging');
  const token = ['sessionToken', sessionToken] as const;
  await own.ok(accountDevice, { token, body: subscriber.subscription });
  await own.ok(accountDevicesNotify, {
    token,
    body: { to: 'all', payload: { version: 1, command: 'fxaccounts:profile_updated' } },
  });
  await expect.poll(() => own.push.requests.length).toBe(1);
  await own.close();
});
