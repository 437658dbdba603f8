import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Durability, isUniqueViolation, type Schema, type Storage } from '../../src/storage/index.js';
import { emptied, insert, plain, readAll } from './any-table.js';
import { pausedTransaction } from './paused-transaction.js';
import { rejection } from './rejection.js';
import { fullRows, limit, NULLABLE, token } from './rows.js';

/** An engine to hold to the contract of `Storage`. */
export interface Engine {
  /** Opens the same database at every call, empty at the first. */
  open(): Promise<Storage>;
  /** Whether a second `open` sees what the first one wrote. */
  readonly shared: boolean;
}

const TABLES = Object.keys(NULLABLE) as (keyof Schema)[];

/** What every engine must do, in the words of `storage.ts` and `schema.ts`. */
export function storageConformance(engine: Engine): void {
  let storage: Storage;
  let db: Kysely<Schema>;

  beforeAll(async () => {
    storage = await engine.open();
    db = storage.db;
  });

  beforeEach(async () => {
    for (const table of TABLES) await db.deleteFrom(table).execute();
  });

  afterAll(() => storage.close());

  /** All rows of `limits`, by key. */
  const counts = async (): Promise<Record<string, number>> => {
    const rows = await db.selectFrom('limits').select(['key', 'count']).execute();
    return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
  };

  describe('values', () => {
    test.each(TABLES)('a row of %s with a value in every column comes back as it was written', async (table) => {
      const row = fullRows()[table];
      await insert(db, table, row);
      expect(await readAll(db, table)).toEqual([plain(row)]);
    });

    test.each(TABLES)('nulls in %s stay nulls, and empty values stay empty', async (table) => {
      const empty = emptied(fullRows()[table]);
      const nulls = Object.fromEntries(Object.keys(NULLABLE[table]).map((column) => [column, null]));
      await insert(db, table, { ...empty, ...nulls });
      expect(await readAll(db, table)).toEqual([plain({ ...empty, ...nulls })]);
      await db.deleteFrom(table).execute();
      await insert(db, table, empty);
      expect(await readAll(db, table)).toEqual([plain(empty)]);
    });

    test.each(TABLES)('a column of %s that is not said to be nullable refuses null', async (table) => {
      const row = fullRows()[table];
      for (const column of Object.keys(row).filter((name) => !(name in NULLABLE[table]))) {
        await expect(insert(db, table, { ...row, [column]: null }), column).rejects.toThrow(/null/i);
      }
      expect(await readAll(db, table)).toEqual([]);
    });

    test('bytes come back as a Uint8Array of exactly those bytes, and are found by them', async () => {
      const tokenHash = Uint8Array.from({ length: 256 }, (_, value) => value);
      const window = tokenHash.subarray(3, 9);
      await db
        .insertInto('passwordChangeTokens')
        .values([token({ tokenHash }), token({ tokenHash: window })])
        .execute();
      for (const bytes of [tokenHash, window]) {
        const found = await db
          .selectFrom('passwordChangeTokens')
          .select('tokenHash')
          .where('tokenHash', '=', bytes)
          .execute();
        expect(found).toHaveLength(1);
        expect(found[0]?.tokenHash).toBeInstanceOf(Uint8Array);
        expect(plain(found[0] ?? {})).toEqual({ tokenHash: [...bytes] });
      }
    });

    test('counts and sums of times are numbers', async () => {
      await db
        .insertInto('limits')
        .values([{ ...limit('a'), windowEndsAt: Number.MAX_SAFE_INTEGER }, limit('b')])
        .execute();
      const row = await db
        .selectFrom('limits')
        .select((eb) => [eb.fn.countAll<number>().as('rows'), eb.fn.max('windowEndsAt').as('latest')])
        .executeTakeFirstOrThrow();
      expect({ ...row }).toEqual({ rows: 2, latest: Number.MAX_SAFE_INTEGER });
    });

    test('an undefined parameter is refused and not taken for null', async () => {
      const statement = sql`select * from limits where "key" = ${undefined}`;
      await expect(statement.execute(db)).rejects.toThrow();
      await storage.ping();
    });
  });

  describe('statements', () => {
    test('rows are ordered by the bytes of text and of blobs, and by the value of numbers', async () => {
      const keys = ['a', 'B', 'z', 'Z', 'é', 'aa', 'a b', 'a-b', '_', '10', '9', '\u{1F98A}', '\uFF5E'];
      await db
        .insertInto('limits')
        .values(keys.map((key, index) => ({ ...limit(key), windowEndsAt: index === 0 ? 100 : index })))
        .execute();
      const byKey = await db.selectFrom('limits').select('key').orderBy('key').execute();
      const byBytes = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(byKey.map(({ key }) => key)).toEqual(byBytes);
      const byTime = await db.selectFrom('limits').select('key').orderBy('windowEndsAt', 'desc').limit(2).execute();
      expect(byTime.map(({ key }) => key)).toEqual(['a', keys.at(-1)]);

      const hashes = [[255], [0, 1], [0], [127, 255], [128]];
      await db
        .insertInto('passwordChangeTokens')
        .values(hashes.map((hash) => token({ tokenHash: Uint8Array.from(hash) })))
        .execute();
      const byHash = await db.selectFrom('passwordChangeTokens').select('tokenHash').orderBy('tokenHash').execute();
      expect(byHash.map(({ tokenHash }) => [...tokenHash])).toEqual([[0], [0, 1], [127, 255], [128], [255]]);
    });

    test('text that differs only in case or normalisation is different', async () => {
      await db
        .insertInto('limits')
        .values([limit('key'), limit('KEY'), limit('\u00E9'), limit('e\u0301')])
        .execute();
      expect(await db.selectFrom('limits').where('key', '=', 'key').select('key').execute()).toHaveLength(1);
    });

    test('updates and deletes tell how many rows they touched', async () => {
      await db
        .insertInto('limits')
        .values([limit('a'), limit('b'), limit('c')])
        .execute();
      const updated = await db.updateTable('limits').set({ count: 7 }).where('key', '<', 'c').executeTakeFirst();
      expect(updated.numUpdatedRows).toBe(2n);
      const deleted = await db.deleteFrom('limits').where('count', '=', 7).executeTakeFirst();
      expect(deleted.numDeletedRows).toBe(2n);
      expect((await db.deleteFrom('limits').where('key', '=', 'none').executeTakeFirst()).numDeletedRows).toBe(0n);
      const raw = await sql`update limits set "count" = 1`.execute(db);
      expect(raw.numAffectedRows).toBe(1n);
    });

    test('an upsert sees the kept and the excluded row, and returns the result', async () => {
      const add = (key: string, count: number): Promise<{ count: number }> =>
        db
          .insertInto('limits')
          .values(limit(key, count))
          .onConflict((conflict) =>
            conflict
              .column('key')
              .doUpdateSet((eb) => ({ count: eb('limits.count', '+', eb.ref('excluded.count')) }))
              .where('limits.count', '<', 10),
          )
          .returning('count')
          .executeTakeFirst()
          .then((row) => row ?? { count: -1 });
      expect((await add('a', 5)).count).toBe(5);
      expect((await add('a', 6)).count).toBe(11);
      expect((await add('a', 1)).count, 'a row that the condition leaves alone is not returned').toBe(-1);
    });

    test('an insert that does nothing on conflict tells so', async () => {
      const attempt = () =>
        db
          .insertInto('limits')
          .values(limit('a'))
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
      expect((await attempt()).numInsertedOrUpdatedRows).toBe(1n);
      expect((await attempt()).numInsertedOrUpdatedRows).toBe(0n);
    });
  });

  describe('uniqueness', () => {
    test('a second row with the same key, or the same value of a unique index, is recognised', async () => {
      const row = token();
      const again = {
        key: row,
        'unique index': token({ tokenHash: row.tokenHash }),
      };
      await db.insertInto('passwordChangeTokens').values(row).execute();
      for (const [what, values] of Object.entries(again)) {
        const error = await rejection(db.insertInto('passwordChangeTokens').values(values).execute());
        expect(isUniqueViolation(error), what).toBe(true);
        const returning = db.insertInto('passwordChangeTokens').values(values).returning('createdAt');
        expect(isUniqueViolation(await rejection(returning.execute())), `${what}, returning`).toBe(true);
      }
      const inTransaction = storage.transaction((tx) => insert(tx, 'passwordChangeTokens', row));
      expect(isUniqueViolation(await rejection(inTransaction)), 'in a transaction').toBe(true);
      expect(await readAll(db, 'passwordChangeTokens')).toHaveLength(1);
    });

    test('other errors are not taken for it', async () => {
      const missing = await rejection(sql`insert into limits ("key") values ('a')`.execute(db));
      const syntax = await rejection(sql`insert into nothing`.execute(db));
      for (const error of [missing, syntax, new Error('UNIQUE constraint failed'), undefined]) {
        expect(isUniqueViolation(error)).toBe(false);
      }
    });

    test('an error names no value of the row, so that a log of it holds no address', async () => {
      await db.insertInto('limits').values(limit('person@example.com')).execute();
      const error = await rejection(db.insertInto('limits').values(limit('person@example.com')).execute());
      const everything = `${(error as Error).stack} ${JSON.stringify(error, Object.getOwnPropertyNames(error))}`;
      expect(everything).not.toContain('person@example.com');
    });
  });

  describe.each<Durability | undefined>(['full', 'relaxed', undefined])('transactions (%s)', (durability) => {
    test('all of the work is kept, and its result handed on', async () => {
      const result = await storage.transaction(async (tx) => {
        await tx.insertInto('limits').values(limit('a', 1)).execute();
        await tx.insertInto('limits').values(limit('b', 2)).execute();
        return 'done';
      }, durability);
      expect(result).toBe('done');
      expect(await counts()).toEqual({ a: 1, b: 2 });
    });

    test('a throw undoes all of the work, and is handed on as it is', async () => {
      await db.insertInto('limits').values(limit('kept', 1)).execute();
      const refusal = new Error('refused');
      const work = storage.transaction(async (tx) => {
        await tx.insertInto('limits').values(limit('a')).execute();
        await tx.updateTable('limits').set({ count: 2 }).execute();
        throw refusal;
      }, durability);
      expect(await rejection(work)).toBe(refusal);
      expect(await counts()).toEqual({ kept: 1 });
    });

    test('a statement that fails undoes all of the work, even when the work goes on', async () => {
      const work = storage.transaction(async (tx) => {
        await tx.insertInto('limits').values(limit('a')).execute();
        await tx
          .insertInto('limits')
          .values(limit('a'))
          .execute()
          .catch(() => undefined);
      }, durability);
      await expect(work).rejects.toThrow('A statement of this transaction failed');
      expect(await counts()).toEqual({});
    });

    test('a statement after the one that failed is refused', async () => {
      const work = storage.transaction(async (tx) => {
        await sql`insert into nothing`.execute(tx).catch(() => undefined);
        return rejection(tx.insertInto('limits').values(limit('a')).execute());
      }, durability);
      await expect(work).rejects.toThrow('A statement of this transaction failed');
      expect(await counts()).toEqual({});
    });

    test('work sees its own changes', async () => {
      const seen = await storage.transaction(async (tx) => {
        await tx.insertInto('limits').values(limit('a', 3)).execute();
        return tx.selectFrom('limits').select('count').executeTakeFirst();
      }, durability);
      expect(seen?.count).toBe(3);
    });
  });

  describe('side by side', () => {
    test('a read beside an open transaction never sees what is undone later', async () => {
      const { reached, goOn, work } = pausedTransaction(storage, async (tx) => {
        await tx.insertInto('limits').values(limit('undone')).execute();
      });
      await reached;
      const reads = [1, 2, 3].map(() => db.selectFrom('limits').selectAll().execute());
      goOn(new Error('undo'));
      await rejection(work);
      expect(await Promise.all(reads)).toEqual([[], [], []]);
    });

    test('a statement beside an open transaction is no part of it', async () => {
      const { reached, goOn, work } = pausedTransaction(storage, async (tx) => {
        await tx.insertInto('limits').values(limit('undone')).execute();
      });
      await reached;
      const beside = db.insertInto('limits').values(limit('beside', 1)).execute();
      goOn(new Error('undo'));
      await rejection(work);
      await beside;
      expect(await counts()).toEqual({ beside: 1 });
    });

    test('a statement that fails beside an open transaction does not harm it', async () => {
      const { reached, goOn, work } = pausedTransaction(storage, async (tx) => {
        await tx.insertInto('limits').values(limit('kept', 1)).execute();
      });
      await reached;
      const failing = rejection(sql`insert into nothing`.execute(db));
      goOn();
      await work;
      expect(await failing).toBeInstanceOf(Error);
      expect(await counts()).toEqual({ kept: 1 });
    });

    test('a statement that comes when its transaction is over is refused', async () => {
      const leaked = await storage.transaction(async (tx) => ({ tx }));
      await expect(leaked.tx.insertInto('limits').values(limit('late')).execute()).rejects.toThrow();
      expect(await counts()).toEqual({});
    });

    test('a statement that nobody waited for never outlives the transaction that was undone', async () => {
      const outcomes: Promise<unknown>[] = [];
      for (let delay = 0; delay < 12; delay++) {
        const work = storage.transaction(async (tx) => {
          const stray = async (): Promise<void> => {
            for (let i = 0; i < delay; i++) await undefined;
            await tx
              .insertInto('limits')
              .values(limit(`stray ${delay}`))
              .execute();
          };
          outcomes.push(stray().catch(() => undefined));
          throw new Error('undo');
        });
        await rejection(work);
      }
      await Promise.all(outcomes);
      expect(await counts()).toEqual({});
    });

    test.each<['a transaction' | 'a statement']>([['a transaction'], ['a statement']])(
      'of 50 that consume the same row at once, each in %s, one wins',
      async (how) => {
        await db.insertInto('limits').values(limit('code')).execute();
        const consume = (on: Kysely<Schema>) => on.deleteFrom('limits').where('key', '=', 'code').returning('key');
        const outcomes = await Promise.all(
          Array.from({ length: 50 }, () =>
            how === 'a statement'
              ? consume(db).execute()
              : storage.transaction(async (tx) => {
                  await tx.selectFrom('limits').selectAll().execute();
                  return consume(tx).execute();
                }),
          ),
        );
        expect(outcomes.filter((rows) => rows.length === 1)).toHaveLength(1);
        expect(outcomes.filter((rows) => rows.length === 0)).toHaveLength(49);
      },
    );

    test('50 transactions that count up the same row at once lose none', async () => {
      await db.insertInto('limits').values(limit('counter')).execute();
      await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          storage.transaction(
            async (tx) => {
              await tx
                .updateTable('limits')
                .set((eb) => ({ count: eb('count', '+', 1) }))
                .execute();
              if (index % 5 === 0) throw new Error('undo');
            },
            index % 2 === 0 ? 'full' : 'relaxed',
          ),
        ).map((work) => work.catch(() => undefined)),
      );
      expect(await counts()).toEqual({ counter: 40 });
    });
  });

  describe.runIf(engine.shared)('two storages on one database', () => {
    test('what one has written the other reads, and a second opening keeps it', async () => {
      await db.insertInto('limits').values(limit('kept', 5)).execute();
      const other = await engine.open();
      try {
        expect(await other.db.selectFrom('limits').select('count').execute()).toEqual([{ count: 5 }]);
        await other.transaction((tx) => tx.updateTable('limits').set({ count: 6 }).execute());
      } finally {
        await other.close();
      }
      expect(await counts()).toEqual({ kept: 6 });
    });

    test('a writer waits for the transaction of the other, and then goes on', async () => {
      const other = await engine.open();
      try {
        await db.insertInto('limits').values(limit('counter')).execute();
        const countUp = (on: Kysely<Schema>) =>
          on
            .updateTable('limits')
            .set((eb) => ({ count: eb('count', '+', 1) }))
            .execute();
        const { reached, goOn, work } = pausedTransaction(storage, countUp);
        await reached;
        const statement = countUp(other.db);
        const transaction = other.transaction(countUp);
        goOn();
        await Promise.all([work, statement, transaction]);
        expect(await counts()).toEqual({ counter: 3 });
      } finally {
        await other.close();
      }
    });

    test('of 40 on both that consume the same row at once, one wins', async () => {
      const other = await engine.open();
      try {
        await db.insertInto('limits').values(limit('code')).execute();
        const outcomes = await Promise.all(
          Array.from({ length: 40 }, (_, index) =>
            (index % 2 === 0 ? storage : other).transaction((tx) =>
              tx.deleteFrom('limits').where('key', '=', 'code').returning('key').execute(),
            ),
          ),
        );
        expect(outcomes.flat()).toHaveLength(1);
      } finally {
        await other.close();
      }
    });
  });

  test('close waits for work that has begun, refuses what comes after, and may be called twice', async () => {
    const closing = await engine.open();
    const { reached, goOn, work } = pausedTransaction(closing, (tx) =>
      tx.insertInto('limits').values(limit('last', 1)).execute(),
    );
    await reached;
    const closed = Promise.all([closing.close(), closing.close()]);
    goOn();
    await work;
    await closed;
    await expect(closing.ping()).rejects.toThrow();
    await expect(closing.transaction(async () => 1)).rejects.toThrow();
    await closing.close();
    if (engine.shared) expect(await counts()).toEqual({ last: 1 });
  });

  test('ping resolves while the database answers', async () => {
    await expect(storage.ping()).resolves.toBeUndefined();
  });
}
