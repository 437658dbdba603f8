import { afterAll, beforeAll, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { openStorage, type Storage } from '../../src/storage/index.js';
import { limiter, refusal } from './limits-fixture.js';

const FOX = { ip: '192.0.2.7', email: 'fox@example.org' };

describePostgres('limits on PostgreSQL', (createDatabase) => {
  const storages: Storage[] = [];
  const storage = (index: number): Storage => {
    const opened = storages[index];
    if (opened === undefined) throw new Error('no storage');
    return opened;
  };

  beforeAll(async () => {
    const url = await createDatabase();
    storages.push(await openStorage(url), await openStorage(url));
  });
  afterAll(async () => {
    for (const opened of storages) await opened.close();
  });

  test('two processes let exactly as many attempts pass at the same moment as one would', async () => {
    const rules = `
      login : ip : 25 : 1 hour : 1 hour : ban
      login : email : 70 : 1 hour : 1 hour : block`;
    const limiters = await Promise.all([0, 1].map(async (n) => (await limiter(rules, { storage: storage(n) })).limits));
    const attempts = Array.from({ length: 80 }, (_, n) => limiters[n % 2]?.check('login', FOX) ?? Promise.reject());
    const refused = (await Promise.all(attempts.map(refusal))).filter((answer) => answer !== undefined);
    expect(refused).toHaveLength(55);
    expect(await refusal(limiters[0]?.check('anything', FOX) ?? Promise.reject())).toMatchObject({ name: 'THROTTLED' });
  });

  test('a block ends when it says and the count begins anew', async () => {
    const { limits, clock } = await limiter('end : ip_email : 2 : 1 hour : 1 minute : block', { storage: storage(0) });
    for (let n = 0; n < 2; n += 1) await limits.check('end', FOX);
    expect(await refusal(limits.check('end', FOX))).toEqual({ name: 'THROTTLED', retryAfter: 60 });
    clock.time += 59_999;
    expect(await refusal(limits.check('end', FOX))).toEqual({ name: 'THROTTLED', retryAfter: 1 });
    clock.time += 1;
    for (let n = 0; n < 2; n += 1) await limits.check('end', FOX);
    expect(await refusal(limits.check('end', FOX))).toEqual({ name: 'THROTTLED', retryAfter: 60 });
  });

  test('clear frees one address and housekeeping deletes what has expired', async () => {
    const { limits, clock } = await limiter('free : ip_email : 1 : 1 minute : 1 minute : block', {
      storage: storage(1),
    });
    const other = { ...FOX, email: 'other@example.org' };
    for (const subject of [FOX, FOX, other, other]) await refusal(limits.check('free', subject));
    await limits.clear({ email: FOX.email });
    expect(await refusal(limits.check('free', FOX))).toBeUndefined();
    expect(await refusal(limits.check('free', other))).toBeDefined();
    clock.time += 24 * 3_600_000;
    await limits.prune();
    expect(await storage(0).db.selectFrom('limits').selectAll().execute()).toEqual([]);
  });
});
