import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { openStorage, prune, type Storage } from '../../src/storage/index.js';
import { limit, token } from './rows.js';

describe('prune on SQLite', () => {
  conformance(async () => 'sqlite::memory:');

  test('others get their turn between batches', async () => {
    const storage = await openStorage('sqlite::memory:');
    await storage.db
      .insertInto('limits')
      .values(['a', 'b', 'c', 'd'].map((key) => limit(key)))
      .execute();
    const pruning = prune(storage.db, 'limits', ['key'], sql`true`, 1);
    const between = await new Promise<number>((resolve) => {
      setImmediate(async () => resolve((await storage.db.selectFrom('limits').select('key').execute()).length));
    });
    expect(await pruning).toBe(4);
    expect(between).toBeGreaterThan(0);
    expect(between).toBeLessThan(4);
    await storage.close();
  });
});

describePostgres('prune on PostgreSQL', (createDatabase) => conformance(createDatabase));

function conformance(createDatabase: () => Promise<string>): void {
  let storage: Storage;

  beforeEach(async () => {
    storage = await openStorage(await createDatabase());
  });

  afterEach(() => storage.close());

  test.each([1, 4, 5, 500])('what meets the condition goes, in batches of %i, and nothing else', async (batch) => {
    const rows = Array.from({ length: 13 }, (_, createdAt) => token({ createdAt }));
    await storage.db.insertInto('passwordChangeTokens').values(rows).execute();
    const key = ['uid', 'tokenHash'] as const;
    expect(await prune(storage.db, 'passwordChangeTokens', key, sql`"createdAt" < ${8}`, batch)).toBe(8);
    const kept = await storage.db.selectFrom('passwordChangeTokens').select('createdAt').orderBy('createdAt').execute();
    expect(kept.map(({ createdAt }) => createdAt)).toEqual([8, 9, 10, 11, 12]);
    expect(await prune(storage.db, 'passwordChangeTokens', key, sql`"createdAt" < ${8}`, batch)).toBe(0);
  });
}
