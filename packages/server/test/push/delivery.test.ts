import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { insertDevice, listDevices, updateDevice } from '../../src/devices/index.js';
import {
  accountDestroyed,
  commandReceived,
  createPush,
  createPushTransport,
  deviceConnected,
  deviceDisconnected,
  messageOf,
  PASSWORD_CHANGED,
  PROFILE_UPDATED,
  type PushAnswer,
  type RunningPush,
  SOMETHING_VERIFIED,
} from '../../src/push/index.js';
import { parseUserAgent } from '../../src/sessions/index.js';
import { openStorage, type Storage } from '../../src/storage/index.js';
import { systemRandom } from '../../src/system.js';
import { RecordingLog, StillClock } from '../limits/limits-fixture.js';
import {
  type RecordingTransport,
  readVapid,
  recordingTransport,
  type Subscriber,
  subscribe,
  TAKEN,
} from '../support/push.js';

const UID = 'ab'.repeat(16);
const URL_OF_SERVER = 'https://accounts.example.org';
const SECOND = 1000;

let storage: Storage;
let clock: StillClock;
let log: RecordingLog;
let transport: RecordingTransport;
beforeEach(async () => {
  storage = await openStorage('sqlite::memory:');
  clock = new StillClock();
  log = new RecordingLog();
  transport = recordingTransport();
});
afterEach(() => storage.close());

function createPusher(pushOrigins: readonly string[] = []): RunningPush {
  const config = { publicUrl: URL_OF_SERVER, pushOrigins };
  return createPush({ storage, clock, random: systemRandom, log, secret: new Uint8Array(32), config, transport });
}

let devices = 0;
/** A device with push; `userAgent` as a header. */
async function addDevice(subscription: Partial<Subscriber['subscription']>, userAgent = ''): Promise<string> {
  devices += 1;
  const id = devices.toString(16).padStart(32, '0');
  const none = { pushCallback: null, pushPublicKey: null, pushAuthKey: null };
  await insertDevice(storage.db, {
    uid: UID,
    id,
    sessionTokenHash: Buffer.from(id.repeat(2), 'hex'),
    refreshTokenHash: null,
    name: null,
    type: null,
    ...none,
    ...subscription,
    pushEndpointExpired: false,
    availableCommands: {},
    createdAt: 0,
    userAgent: parseUserAgent(userAgent),
  });
  return id;
}

async function addSubscriber(name: string, userAgent?: string): Promise<Subscriber & { readonly id: string }> {
  const subscriber = await subscribe(name);
  return { ...subscriber, id: await addDevice(subscriber.subscription, userAgent) };
}

const waiting = () => storage.db.selectFrom('pushMessages').selectAll().execute();
const sentTo = ({ subscription }: Subscriber) =>
  transport.requests.filter(({ endpoint }) => endpoint === subscription.pushCallback);
const isExpired = async (id: string) =>
  (await listDevices(storage.db, UID)).find((device) => device.id === id)?.pushEndpointExpired;

describe('a message', () => {
  test('is sealed to its device and signed as that of this server', async () => {
    const device = await addSubscriber('one');
    const push = createPusher();
    await push.post(storage.db, UID, deviceConnected('Fox on a desk 🦊'));
    expect(transport.requests).toEqual([]);
    await push.runOnce();
    const [request] = transport.requests;
    if (request === undefined) throw new Error('nothing was sent');
    expect(request).toMatchObject({ endpoint: device.subscription.pushCallback, privateNetwork: false });
    expect(request.headers).toMatchObject({ ttl: '0', 'content-encoding': 'aes128gcm' });
    expect(await device.open(request.body)).toEqual({
      version: 1,
      command: 'fxaccounts:device_connected',
      data: { deviceName: 'Fox on a desk 🦊' },
    });
    const vapid = readVapid(request.headers['authorization'] ?? '');
    expect(vapid.header).toEqual({ typ: 'JWT', alg: 'ES256' });
    expect(vapid.claims).toEqual({
      aud: 'https://updates.push.services.mozilla.com',
      exp: clock.time / SECOND + 12 * 3600,
      sub: URL_OF_SERVER,
    });
    const point = Buffer.from(vapid.key);
    const key = createPublicKey({
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      },
      format: 'jwk',
    });
    const options = { key, dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', Buffer.from(vapid.signed), options, vapid.signature)).toBe(true);
    expect(await waiting()).toEqual([]);
  });

  test('is signed with the same key by every process and after a restart', async () => {
    await addSubscriber('one');
    for (const push of [createPusher(), createPusher()]) {
      await push.post(storage.db, UID, PROFILE_UPDATED);
      await push.runOnce();
    }
    const keys = transport.requests.map(({ headers }) => readVapid(headers['authorization'] ?? '').key);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toEqual(keys[1]);
  });

  test('without content goes without keys and without encryption', async () => {
    const device = await subscribe('bare');
    await addDevice({ pushCallback: device.subscription.pushCallback });
    const push = createPusher();
    await push.post(storage.db, UID, PROFILE_UPDATED);
    await push.post(storage.db, UID, SOMETHING_VERIFIED);
    await push.runOnce();
    expect(transport.requests).toHaveLength(1);
    expect(transport.requests[0]?.body).toHaveLength(0);
    expect(transport.requests[0]?.headers).not.toHaveProperty('content-encoding');
  });

  test('exists only if what it announces does', async () => {
    await addSubscriber('one');
    const push = createPusher();
    const failing = storage.transaction(async (tx) => {
      await push.post(tx, UID, PROFILE_UPDATED);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await waiting()).toEqual([]);
  });

  test('goes to those that it is for, and not to devices without push or with an endpoint that is gone', async () => {
    const [one, two, three] = [await addSubscriber('a'), await addSubscriber('b'), await addSubscriber('c')];
    await addDevice({});
    const push = createPusher();
    await updateDevice(storage.db, UID, three.id, { pushEndpointExpired: true });
    await push.post(storage.db, UID, deviceConnected('all'));
    await push.post(storage.db, UID, deviceConnected('only two'), { only: [two.id, three.id] });
    await push.post(storage.db, UID, deviceConnected('not two'), { except: [two.id] });
    await push.runOnce();
    const names = async (device: Subscriber) =>
      (await Promise.all(sentTo(device).map(({ body }) => device.open(body)))).map(
        (payload) => (payload as { data: { deviceName: string } }).data.deviceName,
      );
    expect((await names(one)).sort()).toEqual(['all', 'not two']);
    expect((await names(two)).sort()).toEqual(['all', 'only two']);
    expect(sentTo(three)).toEqual([]);
  });

  test('reaches the client on iOS only if that understands it', async () => {
    const phone = await addSubscriber('ios', 'Firefox-iOS-FxA/24');
    const push = createPusher();
    const command = { command: 'x', index: 1, sender: '', url: 'https://accounts.example.org/' };
    const messages = [
      [SOMETHING_VERIFIED, PROFILE_UPDATED, PASSWORD_CHANGED, accountDestroyed(UID)],
      [commandReceived(command), deviceConnected('x'), deviceDisconnected(phone.id)],
    ];
    for (const message of messages.flat()) await push.post(storage.db, UID, message);
    await push.runOnce();
    const received = await Promise.all(sentTo(phone).map(({ body }) => phone.open(body)));
    expect(received.map((payload) => (payload as { command: string }).command).sort()).toEqual([
      'fxaccounts:command_received',
      'fxaccounts:device_connected',
      'fxaccounts:device_disconnected',
    ]);
  });

  test('that waits already is not sent twice; another one is', async () => {
    await addSubscriber('one');
    const push = createPusher();
    for (let count = 0; count < 3; count += 1) await push.post(storage.db, UID, PROFILE_UPDATED);
    await push.post(storage.db, UID, PASSWORD_CHANGED);
    await push.runOnce();
    expect(transport.requests).toHaveLength(2);
  });

  test('that is on its way when the same happens again goes once more', async () => {
    await addSubscriber('one');
    const push = createPusher();
    transport.answer = async () => {
      if (transport.requests.length === 1) await push.post(storage.db, UID, PROFILE_UPDATED);
      return TAKEN;
    };
    await push.post(storage.db, UID, PROFILE_UPDATED);
    await push.runOnce();
    expect(transport.requests).toHaveLength(2);
    expect(await waiting()).toEqual([]);
  });
});

describe('a push service', () => {
  test.each([
    ['fails', async () => ({ status: 503, retryAfter: undefined })],
    ['does not answer', async () => Promise.reject(new DOMException('late', 'TimeoutError'))],
    ['is not there', async () => Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }))],
  ])('that %s is asked again while the TTL lasts, with what is left of it', async (_, answer) => {
    const device = await addSubscriber('one');
    const push = createPusher();
    transport.answer = answer;
    await push.post(storage.db, UID, messageOf({ version: 1, command: 'fxaccounts:password_changed' }, 100));
    await push.runOnce();
    expect(await waiting()).toMatchObject([{ attempts: 1, nextAttemptAt: clock.time + 10 * SECOND }]);
    clock.time += 10 * SECOND;
    await push.runOnce();
    clock.time += 60 * SECOND;
    await push.runOnce();
    expect(sentTo(device).map(({ headers }) => headers['ttl'])).toEqual(['100', '90', '30']);
    expect(await waiting()).toEqual([]);
    expect(log.lines.map(({ event }) => event)).toEqual(['push.failed', 'push.failed', 'push.givenUp']);
    expect(await isExpired(device.id)).toBe(false);
  });

  test('that fails is asked once for a message that is worth nothing later', async () => {
    const device = await addSubscriber('one');
    const push = createPusher();
    transport.answer = async () => ({ status: 503, retryAfter: undefined });
    await push.post(storage.db, UID, PROFILE_UPDATED);
    await push.runOnce();
    expect(sentTo(device)).toHaveLength(1);
    expect(await waiting()).toEqual([]);
  });

  test.each([
    ['at its time', 99, [1, 2]],
    ['not at all when that is past the TTL', 100, [1, 1]],
  ])('that says 429 is asked again %s', async (_, retryAfter, requests) => {
    const device = await addSubscriber('one');
    const push = createPusher();
    transport.answer = async () => ({ status: 429, retryAfter: String(retryAfter) });
    await push.post(storage.db, UID, messageOf({ version: 1, command: 'fxaccounts:password_changed' }, 100));
    await push.runOnce();
    clock.time += retryAfter * SECOND - 1;
    await push.runOnce();
    expect(sentTo(device)).toHaveLength(requests[0] ?? 0);
    clock.time += 1;
    await push.runOnce();
    expect(sentTo(device)).toHaveLength(requests[1] ?? 0);
  });

  test.each([404, 410])('that says %i has its endpoint remembered as expired, and the others go on', async (status) => {
    const [gone, alive] = [await addSubscriber('gone'), await addSubscriber('alive')];
    const push = createPusher();
    transport.answer = async ({ endpoint }) =>
      endpoint === gone.subscription.pushCallback ? { status, retryAfter: undefined } : TAKEN;
    await push.post(storage.db, UID, PASSWORD_CHANGED);
    await push.runOnce();
    expect([await isExpired(gone.id), await isExpired(alive.id)]).toEqual([true, false]);
    await push.post(storage.db, UID, PASSWORD_CHANGED);
    await push.runOnce();
    expect([sentTo(gone).length, sentTo(alive).length]).toEqual([1, 2]);
    expect(await waiting()).toEqual([]);
  });

  test('that knows an endpoint no longer says nothing about the one that the device has by now', async () => {
    const device = await addSubscriber('old');
    const push = createPusher();
    transport.answer = async () => {
      const { pushCallback } = (await subscribe('new')).subscription;
      await updateDevice(storage.db, UID, device.id, { pushCallback });
      return { status: 410, retryAfter: undefined };
    };
    await push.post(storage.db, UID, PASSWORD_CHANGED);
    await push.runOnce();
    expect(await isExpired(device.id)).toBe(false);
  });

  test.each([301, 307, 400, 401, 403, 413])('that says %i is not asked again', async (status) => {
    const device = await addSubscriber('one');
    const push = createPusher();
    transport.answer = async (): Promise<PushAnswer> => ({ status, retryAfter: undefined });
    await push.post(storage.db, UID, PASSWORD_CHANGED);
    await push.runOnce();
    expect(sentTo(device)).toHaveLength(1);
    expect(await waiting()).toEqual([]);
    expect(await isExpired(device.id)).toBe(false);
    expect(log.lines).toMatchObject([{ event: 'push.givenUp', details: { reason: `answered ${status}` } }]);
  });

  test('that is allowed no longer gets nothing', async () => {
    const subscriber = await subscribe('own', 'http://10.0.0.1:8082');
    await addDevice(subscriber.subscription);
    const [allowing, refusing] = [createPusher(['http://10.0.0.1:8082']), createPusher()];
    await allowing.post(storage.db, UID, PASSWORD_CHANGED);
    await refusing.runOnce();
    expect(transport.requests).toEqual([]);
    expect(log.lines).toMatchObject([{ event: 'push.givenUp', details: { reason: 'not allowed' } }]);
    await allowing.post(storage.db, UID, PASSWORD_CHANGED);
    await allowing.runOnce();
    expect(transport.requests).toMatchObject([{ privateNetwork: true }]);
  });

  test('is not asked for a device whose keys are none; it counts as gone', async () => {
    const { subscription } = await subscribe('spoilt');
    const id = await addDevice({ ...subscription, pushAuthKey: 'AAAA' });
    const push = createPusher();
    await push.post(storage.db, UID, PASSWORD_CHANGED);
    await push.runOnce();
    expect(transport.requests).toEqual([]);
    expect(await isExpired(id)).toBe(true);
  });

  test('that does not answer keeps nobody else waiting', async () => {
    const stuck: (() => void)[] = [];
    const [slow, quick] = [await addSubscriber('slow'), await addSubscriber('quick')];
    transport.answer = ({ endpoint }) =>
      endpoint === quick.subscription.pushCallback
        ? Promise.resolve(TAKEN)
        : new Promise((resolve) => stuck.push(() => resolve(TAKEN)));
    const push = createPusher();
    push.start();
    for (let count = 0; count < 30; count += 1) {
      await push.post(storage.db, UID, deviceConnected(String(count)), { only: [slow.id] });
    }
    push.wake();
    await expect.poll(() => stuck.length).toBe(30);
    for (let count = 0; count < 30; count += 1) {
      await push.post(storage.db, UID, deviceConnected(String(count)), { only: [quick.id] });
    }
    push.wake();
    await expect.poll(() => sentTo(quick).length).toBe(30);
    for (const answer of stuck) answer();
    await push.stop();
    expect(await waiting()).toEqual([]);
  });
});

test('a service on the network that takes the message and never answers is given up after the patience', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const origin = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  await addDevice((await subscribe('silent', origin)).subscription);
  const push = createPush({
    ...{ storage, clock, random: systemRandom, log, secret: new Uint8Array(32), patience: 20 },
    config: { publicUrl: URL_OF_SERVER, pushOrigins: [origin] },
    transport: createPushTransport(),
  });
  await push.post(storage.db, UID, PASSWORD_CHANGED);
  await push.runOnce();
  expect(await waiting()).toMatchObject([{ attempts: 1, lastError: 'ABORT_ERR' }]);
  await push.stop();
  silent.close();
  silent.closeAllConnections();
});

test('two processes on one database send a message once', async () => {
  const device = await addSubscriber('one');
  const [one, other] = [createPusher(), createPusher()];
  for (let count = 0; count < 30; count += 1) await one.post(storage.db, UID, deviceConnected(String(count)));
  await Promise.all([one.runOnce(), other.runOnce()]);
  expect(sentTo(device)).toHaveLength(30);
});

test('neither the secret part of an endpoint nor the account is logged', async () => {
  await addSubscriber('secret-of-the-endpoint');
  transport.answer = async () => ({ status: 400, retryAfter: undefined });
  const push = createPusher();
  await push.post(storage.db, UID, PASSWORD_CHANGED);
  await push.runOnce();
  expect(log.lines).toHaveLength(1);
  expect(JSON.stringify(log.lines)).not.toMatch(new RegExp(`secret-of-the-endpoint|${UID}`));
});
