import { createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type AccountEvent,
  type AccountListener,
  createNotifications,
  type RunningNotifications,
} from '../../src/notifications/index.js';
import { createSigningKeys, type SigningKeys } from '../../src/oauth/index.js';
import { openStorage, type Storage } from '../../src/storage/index.js';
import { systemRandom } from '../../src/system.js';
import { RecordingLog, StillClock } from '../limits/limits-fixture.js';

const UID = 'ab'.repeat(16);
const FIRST = 'https://one.example/events?key=secret';
const SECOND = 'https://two.example/events';
const ISSUER = 'https://accounts.example';
const HOUR = 60 * 60 * 1000;

interface Posted {
  readonly url: string;
  readonly init: RequestInit;
  readonly token: string;
}

let storage: Storage;
let clock: StillClock;
let log: RecordingLog;
let signingKeys: SigningKeys;
let posted: Posted[];
let answer: (url: string) => Promise<Response>;

beforeEach(async () => {
  storage = await openStorage('sqlite::memory:');
  clock = new StillClock();
  log = new RecordingLog();
  posted = [];
  answer = async () => new Response(null, { status: 202 });
  signingKeys = createSigningKeys({ storage, clock, random: systemRandom, secret: new Uint8Array(32), log });
});
afterEach(async () => {
  await signingKeys.published();
  await storage.close();
});

function notifications(
  notifyUrls: readonly string[] = [FIRST, SECOND],
  listeners: readonly AccountListener[] = [],
): RunningNotifications {
  return createNotifications({
    storage,
    clock,
    random: systemRandom,
    log,
    signingKeys,
    config: { publicUrl: ISSUER, notifyUrls },
    listeners,
    fetch: async (input, init = {}) => {
      const url = String(input);
      posted.push({ url, init, token: String(init.body) });
      return answer(url);
    },
  });
}

/** Header and claims of a token, after its signature was checked by its published key. */
async function opened(token: string) {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  const key = (await signingKeys.published()).find(({ kid }) => kid === decode(header)['kid']);
  if (key === undefined) throw new Error('signed with an unknown key');
  const publicKey = createPublicKey({ key: { kty: key.kty, n: key.n, e: key.e }, format: 'jwk' });
  expect(verify('sha256', Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))).toBe(
    true,
  );
  return { header: decode(header), claims: decode(claims) };
}

const waiting = () => storage.db.selectFrom('notifications').selectAll().execute();

test('an event goes to every URL as a security event token, signed with the key that /jwks shows', async () => {
  const service = notifications();
  await service.post(storage.db, { name: 'passwordChange', uid: UID, details: { generation: 1234 } });
  expect(posted).toEqual([]);
  clock.time += 5000;
  await service.runOnce();
  expect(posted.map(({ url }) => url).sort()).toEqual([FIRST, SECOND]);
  for (const { url, init, token } of posted) {
    expect(init).toMatchObject({ method: 'POST', redirect: 'error' });
    expect(new Headers(init.headers).get('content-type')).toBe('application/secevent+jwt');
    const { header, claims } = await opened(token);
    expect(header).toMatchObject({ typ: 'secevent+jwt', alg: 'RS256' });
    expect(claims).toEqual({
      iss: ISSUER,
      aud: url,
      sub: UID,
      jti: expect.stringMatching(/^[0-9a-f]{32}$/),
      iat: clock.time / 1000,
      toe: clock.time / 1000 - 5,
      events: {
        'urn:foxden:event:passwordChange': { generation: 1234 },
        'https://schemas.accounts.firefox.com/event/password-change': { changeTime: 1234 },
      },
    });
  }
  expect(await waiting()).toEqual([]);
});

test('a token of an event passes neither for an ID token nor for an access token', async () => {
  const service = notifications([FIRST]);
  await service.post(storage.db, { name: 'delete', uid: UID, details: {} });
  await service.runOnce();
  const token = posted[0]?.token ?? '';
  expect(await signingKeys.verify('secevent+jwt', token)).toMatchObject({ sub: UID });
  expect(await signingKeys.verify('JWT', token)).toBeUndefined();
  expect(await signingKeys.verify('at+JWT', token)).toBeUndefined();
});

test('each event has its name, and the one that relying parties of FxA know where there is one', async () => {
  const service = notifications([FIRST]);
  const login = { service: 'sync', email: 'a@example.com', deviceCount: 2, userAgent: 'x' };
  await service.post(storage.db, { name: 'login', uid: UID, details: login });
  await service.post(storage.db, { name: 'verified', uid: UID, details: { locale: 'de' } });
  await service.post(storage.db, { name: 'reset', uid: UID, details: { generation: 5 } });
  await service.post(storage.db, { name: 'primaryEmailChanged', uid: UID, details: { email: 'b@example.com' } });
  await service.post(storage.db, { name: 'profileDataChange', uid: UID, details: {} });
  await service.post(storage.db, { name: 'delete', uid: UID, details: {} });
  await service.runOnce();
  const events = await Promise.all(posted.map(async ({ token }) => (await opened(token)).claims['events']));
  const fxa = 'https://schemas.accounts.firefox.com/event/';
  expect(events).toHaveLength(6);
  expect(events).toEqual(
    expect.arrayContaining([
      { 'urn:foxden:event:login': login },
      { 'urn:foxden:event:verified': { locale: 'de' } },
      { 'urn:foxden:event:reset': { generation: 5 }, [`${fxa}password-change`]: { changeTime: 5 } },
      {
        'urn:foxden:event:primaryEmailChanged': { email: 'b@example.com' },
        [`${fxa}profile-change`]: { email: 'b@example.com' },
      },
      { 'urn:foxden:event:profileDataChange': {}, [`${fxa}profile-change`]: {} },
      { 'urn:foxden:event:delete': {}, [`${fxa}delete-user`]: {} },
    ]),
  );
});

test('an event exists only if what it announces does, and not at all without a URL', async () => {
  const service = notifications();
  const failing = storage.transaction(async (tx) => {
    await service.post(tx, { name: 'delete', uid: UID, details: {} });
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  await notifications([]).post(storage.db, { name: 'delete', uid: UID, details: {} });
  expect(await waiting()).toEqual([]);
});

describe('a service that does not take an event', () => {
  test.each([
    ['refuses it', async () => new Response('no', { status: 500 })],
    ['sends elsewhere', async () => Promise.reject(new TypeError('unexpected redirect'))],
    ['does not answer', async () => Promise.reject(new DOMException('late', 'TimeoutError'))],
  ])('and %s gets it again, with the same jti, and the others are not kept waiting', async (_, refuse) => {
    const service = notifications();
    answer = (url) => (url === FIRST ? refuse() : Promise.resolve(new Response(null, { status: 204 })));
    await service.post(storage.db, { name: 'delete', uid: UID, details: {} });
    await service.runOnce();
    await service.runOnce();
    expect(posted).toHaveLength(2);
    expect(await waiting()).toMatchObject([{ url: FIRST, attempts: 1, nextAttemptAt: clock.time + 10_000 }]);
    clock.time += 10_000;
    answer = async () => new Response(null, { status: 200 });
    await service.runOnce();
    expect(posted.map(({ url }) => url).filter((url) => url === FIRST)).toHaveLength(2);
    const tries = posted.filter(({ url }) => url === FIRST);
    const ids = await Promise.all(tries.map(async ({ token }) => (await opened(token)).claims['jti']));
    expect(ids[0]).toBe(ids[1]);
    expect(await waiting()).toEqual([]);
  });

  test('for a day is given up; neither the secret of its URL nor the account is logged', async () => {
    const service = notifications([FIRST]);
    answer = async () => new Response(null, { status: 404 });
    await service.post(storage.db, { name: 'delete', uid: UID, details: {} });
    for (let hour = 0; hour < 26; hour += 1) {
      await service.runOnce();
      clock.time += HOUR;
    }
    expect(await waiting()).toMatchObject([{ nextAttemptAt: null, lastError: 'answered 404' }]);
    const attempts = posted.length;
    expect(attempts).toBeGreaterThan(10);
    clock.time += 24 * HOUR;
    await service.runOnce();
    expect(posted).toHaveLength(attempts);
    expect(log.lines.at(-1)?.event).toBe('notification.givenUp');
    expect(JSON.stringify(log.lines)).not.toContain('secret');
    expect(JSON.stringify(log.lines)).not.toContain(UID);
  });
});

test('two processes on one database send an event once', async () => {
  const [one, other] = [notifications([FIRST]), notifications([FIRST])];
  for (let event = 0; event < 30; event += 1) {
    await one.post(storage.db, { name: 'verified', uid: UID, details: { locale: String(event) } });
  }
  await Promise.all([one.runOnce(), other.runOnce()]);
  expect(posted).toHaveLength(30);
  expect(new Set(posted.map(({ token }) => token)).size).toBe(30);
});

describe('a listener in this process', () => {
  const hears = (receive: AccountListener['receive']): AccountListener => ({
    name: 'sync',
    events: ['delete', 'reset'],
    receive,
  });

  test('is told its events, without any URL, and nothing leaves the process', async () => {
    const heard: AccountEvent[] = [];
    const service = notifications([], [hears(async (event) => void heard.push(event))]);
    await service.post(storage.db, { name: 'reset', uid: UID, details: { generation: 1234 } });
    await service.post(storage.db, { name: 'primaryEmailChanged', uid: UID, details: { email: 'a@example.com' } });
    await service.runOnce();
    expect(heard).toEqual([{ name: 'reset', uid: UID, details: { generation: 1234 } }]);
    expect([posted, await waiting()]).toEqual([[], []]);
  });

  test('that fails is told again, also by the next process', async () => {
    let heard = 0;
    const failing = notifications([], [hears(() => Promise.reject(new Error('the disk is full')))]);
    await failing.post(storage.db, { name: 'delete', uid: UID, details: {} });
    await failing.runOnce();
    expect(await waiting()).toMatchObject([{ attempts: 1, lastError: 'the disk is full' }]);
    const absent = notifications([]);
    clock.time += HOUR;
    await absent.runOnce();
    expect(await waiting()).toMatchObject([{ attempts: 2, lastError: 'nobody listens' }]);
    clock.time += HOUR;
    const working = notifications([], [hears(async () => void heard++)]);
    await working.runOnce();
    expect([heard, await waiting()]).toEqual([1, []]);
  });
});
