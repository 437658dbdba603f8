import { describe, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { openStorage, prepare } from '../../src/storage/index.js';

describe('prepared statements on SQLite', () => conformance(async () => 'sqlite::memory:'));
describePostgres('prepared statements on PostgreSQL', conformance);

function conformance(createDatabase: () => Promise<string>): void {
  test('are built once, answer each call by its own values, and keep the constants', async () => {
    const storage = await openStorage(await createDatabase());
    let built = 0;
    const put = prepare((db, key: string, count: number) =>
      db.insertInto('limits').values({ key, count, windowEndsAt: 7, blockedUntil: 0 }),
    );
    const find = prepare((db, count: number, key: string) => {
      built += 1;
      return db
        .selectFrom('limits')
        .select(['key', 'count'])
        .where('key', '=', key)
        .where('count', '=', count)
        .where('windowEndsAt', '=', 7);
    });
    expect((await put(storage.db, 'one', 1)).numAffectedRows).toBe(1n);
    await put(storage.db, 'two', 2);
    expect((await find(storage.db, 1, 'one')).rows).toEqual([{ key: 'one', count: 1 }]);
    expect((await find(storage.db, 2, 'two')).rows).toEqual([{ key: 'two', count: 2 }]);
    expect((await find(storage.db, 1, 'two')).rows).toEqual([]);
    expect(built).toBe(1);
    await storage.close();
  });

  test('run inside the transaction they are given', async () => {
    const storage = await openStorage(await createDatabase());
    const put = prepare((db, key: string) =>
      db.insertInto('limits').values({ key, count: 1, windowEndsAt: 0, blockedUntil: 0 }),
    );
    const all = prepare((db) => db.selectFrom('limits').select('key'));
    const undone = storage.transaction(async (tx) => {
      await put(tx, 'undone');
      expect((await all(tx)).rows).toHaveLength(1);
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    expect((await all(storage.db)).rows).toEqual([]);
    await storage.close();
  });
}
