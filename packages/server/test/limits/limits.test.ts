import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStorage } from '../../src/storage/index.js';
import { limiter, memoryStorage, RecordingLog, refusal, StillClock } from './limits-fixture.js';

const FOX = { ip: '192.0.2.7', email: 'fox@example.org', uid: 'ab'.repeat(16) };
const LOGIN = 'login : ip_email : 2 : 10 minutes : 15 minutes : block';

describe('a block', () => {
  test('is not made longer by the attempts it refuses', async () => {
    const { limits, clock } = await limiter(LOGIN);
    for (let n = 0; n < 3; n += 1) await refusal(limits.check('login', FOX));
    clock.time += 600_000;
    for (let n = 0; n < 20; n += 1) {
      expect(await refusal(limits.check('login', FOX))).toEqual({ name: 'THROTTLED', retryAfter: 300 });
    }
    clock.time += 300_000;
    expect(await refusal(limits.check('login', FOX))).toBeUndefined();
  });

  test('keeps its attempts from the other counters: one address cannot lock everybody out of an account', async () => {
    const { limits } = await limiter(`${LOGIN}\nlogin : email : 4 : 1 day : 1 day : block`);
    for (let n = 0; n < 50; n += 1) await refusal(limits.check('login', FOX));
    expect(await refusal(limits.check('login', { ...FOX, ip: '192.0.2.8' }))).toBeUndefined();
  });

  test('says when to come back in whole seconds, at least one', async () => {
    const { limits, clock } = await limiter(LOGIN);
    for (let n = 0; n < 3; n += 1) await refusal(limits.check('login', FOX));
    const seconds = async (): Promise<unknown> => (await refusal(limits.check('login', FOX)))?.retryAfter;
    expect(await seconds()).toBe(900);
    clock.time += 300_001;
    expect(await seconds()).toBe(600);
    clock.time += 555_999;
    expect(await seconds()).toBe(44);
    clock.time += 43_999;
    expect(await seconds()).toBe(1);
  });

  test('of the longest rule decides when several fire at once', async () => {
    const { limits } = await limiter(
      'login : ip : 1 : 1 hour : 1 minute : block\nlogin : email : 1 : 1 hour : 2 hours : block',
    );
    await limits.check('login', FOX);
    expect(await refusal(limits.check('login', FOX))).toMatchObject({ retryAfter: 7200 });
    expect(await refusal(limits.check('login', FOX))).toMatchObject({ retryAfter: 7200 });
  });
});

describe('counting', () => {
  test.each([
    [
      'letter case and accents written in two ways',
      { email: 'FÓX@Example.org' },
      { email: 'fo\u0301x@example.org' },
      true,
    ],
    ['two addresses', { email: 'fox@example.org' }, { email: 'fix@example.org' }, false],
    ['two hosts of one IPv6 network of 64 bits', { ip: '2001:db8:1:2::1' }, { ip: '2001:DB8:1:2:ffff::9' }, true],
    ['two IPv6 networks of 64 bits', { ip: '2001:db8:1:2::1' }, { ip: '2001:db8:1:3::1' }, false],
    ['an IPv4 address and the same written as IPv6', { ip: '192.0.2.1' }, { ip: '::ffff:192.0.2.1' }, true],
    ['two IPv4 addresses written as IPv6', { ip: '::ffff:192.0.2.1' }, { ip: '::ffff:192.0.2.2' }, false],
    ['two IPv4 addresses', { ip: '192.0.2.1' }, { ip: '192.0.2.2' }, false],
    ['upper and lower case uid', { uid: 'AB'.repeat(16) }, { uid: 'ab'.repeat(16) }, true],
  ])('%s: counted together or not', async (_name, one, other, together) => {
    const property = Object.keys(one)[0];
    const { limits } = await limiter(`act : ${property} : 1 : 1 hour : 1 hour : block`);
    await limits.check('act', { ...FOX, ...one });
    expect((await refusal(limits.check('act', { ...FOX, ...other }))) !== undefined).toBe(together);
  });

  test('a rule does not apply where what it counts by is not known', async () => {
    const { limits } = await limiter(
      'act : email : 1 : 1 hour : 1 hour : block\nact : ip_uid : 1 : 1 hour : 1 hour : ban',
    );
    for (let n = 0; n < 3; n += 1) expect(await refusal(limits.check('act', { ip: FOX.ip }))).toBeUndefined();
  });

  test('failures count after the fact and never throw; the ban meets the next request', async () => {
    const { limits } = await limiter('actFailed : ip : 2 : 1 hour : 4 hours : ban');
    for (let n = 0; n < 2; n += 1) await limits.failed('actFailed', FOX);
    await limits.check('act', FOX);
    await limits.failed('actFailed', FOX);
    await limits.failed('actFailed', FOX);
    expect(await refusal(limits.check('act', FOX))).toEqual({ name: 'THROTTLED', retryAfter: 14_400 });
  });

  test('the table tells neither addresses nor, without the secret, their digests', async () => {
    const rules = 'act : ip : 9 : 1 hour : 1 hour : block\nact : email : 9 : 1 hour : 1 hour : block';
    const keysWith = async (secret: Uint8Array) => {
      const { limits, storage } = await limiter(rules, { secret });
      await limits.check('act', FOX);
      return (await storage.db.selectFrom('limits').select('key').execute()).map(({ key }) => key);
    };
    const one = await keysWith(new Uint8Array(32).fill(1));
    expect(one.map((key) => key.replace(/[0-9a-f]{32}$/, ''))).toEqual(['act:email:', 'act:ip:']);
    expect(await keysWith(new Uint8Array(32).fill(1))).toEqual(one);
    expect(await keysWith(new Uint8Array(32).fill(2))).not.toEqual(one);
  });
});

describe('the default rule', () => {
  const RULES = 'default : ip : 3 : 15 minutes : 15 minutes : report\nlogin : ip : 1 : 1 hour : 1 hour : ban';

  test('writes one log line and refuses nothing', async () => {
    const { limits, log, clock } = await limiter(RULES);
    for (let n = 0; n < 3; n += 1) await limits.check('anything', FOX);
    expect(log.lines).toEqual([]);
    for (let n = 0; n < 10; n += 1) await limits.check('anything', FOX);
    expect(log.lines.map(({ event }) => event)).toEqual(['limits.report']);
    expect(JSON.stringify(log.lines)).not.toContain(FOX.ip);
    clock.time += 900_000;
    for (let n = 0; n < 4; n += 1) await limits.check('anything', FOX);
    expect(log.lines).toHaveLength(2);
  });

  test('costs no database write', async () => {
    const { limits, storage } = await limiter(RULES);
    for (let n = 0; n < 10; n += 1) await limits.check('anything', FOX);
    expect(await storage.db.selectFrom('limits').selectAll().execute()).toEqual([]);
  });

  test('does not apply to an action with a rule of its own', async () => {
    const { limits, log } = await limiter(`default : ip : 1 : 1 hour : 1 hour : report\n${LOGIN}`);
    for (let n = 0; n < 2; n += 1) await limits.check('login', FOX);
    expect(log.lines).toEqual([]);
  });
});

describe('clear', () => {
  test('frees the address from every place, and nobody else', async () => {
    const { limits } = await limiter(`
      login : ip_email : 1 : 1 hour : 1 hour : block
      login : email : 9 : 1 hour : 1 hour : block
      reset : email : 1 : 1 hour : 1 hour : ban
      other : ip : 1 : 1 hour : 1 hour : block`);
    const other = { ...FOX, email: 'other@example.org' };
    for (const subject of [FOX, other, { ...FOX, ip: '192.0.2.9' }]) {
      for (let n = 0; n < 2; n += 1) await refusal(limits.check('login', subject));
    }
    for (let n = 0; n < 2; n += 1) await refusal(limits.check('other', FOX));
    for (let n = 0; n < 2; n += 1) await refusal(limits.check('reset', FOX));
    await limits.clear({ email: 'FOX@example.org' });
    expect(await refusal(limits.check('login', FOX))).toBeUndefined();
    expect(await refusal(limits.check('login', { ...FOX, ip: '192.0.2.9' }))).toBeUndefined();
    expect(await refusal(limits.check('reset', FOX))).toBeUndefined();
    expect(await refusal(limits.check('login', other))).toBeDefined();
    expect(await refusal(limits.check('other', FOX))).toBeDefined();
  });

  test('without an address does nothing', async () => {
    const { limits, storage } = await limiter(LOGIN);
    await limits.check('login', FOX);
    await limits.clear({ email: undefined });
    expect(await storage.db.selectFrom('limits').selectAll().execute()).toHaveLength(1);
  });
});

describe('several limiters on one database', () => {
  test('a new one remembers the counts and blocks of the one before it', async () => {
    const storage = await memoryStorage();
    const first = await limiter(LOGIN, { storage });
    for (let n = 0; n < 2; n += 1) await first.limits.check('login', FOX);
    const second = await limiter(LOGIN, { storage });
    expect(await refusal(second.limits.check('login', FOX))).toBeDefined();
    const third = await limiter(LOGIN, { storage });
    expect(await refusal(third.limits.check('login', FOX))).toBeDefined();
  });

  test('let exactly as many attempts pass together as one would, also at the same moment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'foxden-limits-'));
    const file = `sqlite:${join(folder, 'foxden.db')}`;
    const storages = [await openStorage(file), await openStorage(file)];
    try {
      const rule = 'login : ip : 25 : 1 hour : 1 hour : ban';
      const limiters = await Promise.all(storages.map(async (storage) => (await limiter(rule, { storage })).limits));
      const attempts = Array.from({ length: 80 }, (_, n) => limiters[n % 2]?.check('login', FOX) ?? Promise.reject());
      const refused = (await Promise.all(attempts.map(refusal))).filter((answer) => answer !== undefined);
      expect(refused).toHaveLength(55);
    } finally {
      for (const storage of storages) await storage.close();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('housekeeping', () => {
  test('deletes what has expired, more than a batch of it, and keeps what still counts', async () => {
    const { limits, clock, storage } = await limiter(`
      short : ip : 1 : 1 minute : 2 minutes : ban
      long : ip : 1 : 1 hour : 1 hour : block`);
    for (let n = 0; n < 1100; n += 1) await limits.check('short', { ip: `10.0.${n >> 8}.${n & 255}` });
    for (let n = 0; n < 2; n += 1) await refusal(limits.check('short', FOX));
    await limits.check('long', { ip: '192.0.2.99' });
    clock.time += 60_000;
    expect(await limits.prune()).toBe(1100);
    clock.time += 60_000;
    expect(await limits.prune()).toBe(2);
    expect(await storage.db.selectFrom('limits').select('count').execute()).toEqual([{ count: 1 }]);
  });
});

test('switched off, it counts and refuses nothing', async () => {
  const clock = new StillClock();
  const { limits, storage } = await limiter(LOGIN, { enabled: false, clock, log: new RecordingLog() });
  for (let n = 0; n < 5; n += 1) expect(await refusal(limits.check('login', FOX))).toBeUndefined();
  await limits.failed('login', FOX);
  expect(await storage.db.selectFrom('limits').selectAll().execute()).toEqual([]);
});
