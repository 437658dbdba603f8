import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { type Database, type Durability, openStorage, type Schema, type Storage } from '../../src/storage/index.js';
import { storageConformance } from './conformance.js';
import { limit } from './rows.js';

describePostgres('PostgreSQL', (createDatabase) => {
  let url: string;
  beforeAll(async () => {
    url = await createDatabase();
  });

  storageConformance({ open: () => openStorage(url), shared: true });

  describe('its own ways', () => {
    let storage: Storage;
    let db: Kysely<Schema>;
    const lost: Error[] = [];

    beforeAll(async () => {
      storage = await openStorage(url, { onConnectionLost: (error) => lost.push(error) });
      db = storage.db;
    });

    beforeEach(() => db.deleteFrom('limits').execute());

    afterAll(() => storage.close());

    test.each<[Durability | undefined, string]>([
      ['full', 'on'],
      ['relaxed', 'off'],
      [undefined, 'on'],
    ])(
      'a transaction that asks for durability %s commits with synchronous_commit = %s',
      async (durability, expected) => {
        expect(await storage.transaction((tx) => setting(tx, 'synchronous_commit'), durability)).toBe(expected);
        expect(await setting(db, 'synchronous_commit')).toBe('on');
        expect(await storage.transaction((tx) => setting(tx, 'transaction_isolation'), durability)).toBe(
          'read committed',
        );
      },
    );

    test('no column of text is ordered by a language', async () => {
      const { rows } = await sql<{ table_name: string; column_name: string }>`
        select table_name, column_name from information_schema.columns
        where table_schema = 'public' and table_name <> 'schemaVersion'
          and data_type = 'text' and collation_name is distinct from 'C'`.execute(db);
      expect(rows).toEqual([]);
    });

    test('a database that does not store UTF-8 is refused', async () => {
      const latin1 = await createDatabase("encoding 'LATIN1' locale 'C' template template0");
      await expect(openStorage(latin1)).rejects.toThrow("The database's encoding is LATIN1; it must be UTF8.");
    });

    test('two transactions in each other’s way both end well', async () => {
      await db
        .insertInto('limits')
        .values([limit('a'), limit('b')])
        .execute();
      const meeting = barrier(2);
      let runs = 0;
      const countUp = (first: string, second: string) =>
        storage.transaction(async (tx) => {
          const again = ++runs > 2;
          await add(tx, first);
          if (!again) await meeting();
          await add(tx, second);
        });
      await Promise.all([countUp('a', 'b'), countUp('b', 'a')]);
      expect(runs, 'one of the two ran again').toBe(3);
      const rows = await db.selectFrom('limits').select('count').execute();
      expect(rows).toEqual([{ count: 2 }, { count: 2 }]);
    });

    test.each(['40001', '40P01'])('a conflict (%s) that never ends is given up after five runs', async (code) => {
      let runs = 0;
      const work = storage.transaction(async (tx) => {
        runs++;
        await raise(tx, code);
      });
      await expect(work).rejects.toMatchObject({ code });
      expect(runs).toBe(5);
    });

    test('another error is not tried again', async () => {
      let runs = 0;
      const work = storage.transaction(async (tx) => {
        runs++;
        await raise(tx, '23505');
      });
      await expect(work).rejects.toMatchObject({ code: '23505' });
      expect(runs).toBe(1);
    });

    test('a single statement that meets a conflict runs again', async () => {
      await sql`create sequence attempts`.execute(db);
      // nextval is not undone with the statement, so it counts the attempts.
      await sql`
        create function conflict_twice() returns bigint language plpgsql as $$
        declare attempt bigint := nextval('attempts');
        begin
          if attempt < 3 then raise 'conflict' using errcode = '40P01'; end if;
          return attempt;
        end $$`.execute(db);
      const { rows } = await sql<{ attempt: number }>`select conflict_twice() as attempt`.execute(db);
      expect(rows).toEqual([{ attempt: 3 }]);
    });

    test('a connection that breaks inside a transaction fails the transaction, and nothing else', async () => {
      const work = storage.transaction(async (tx) => {
        await tx.insertInto('limits').values(limit('lost')).execute();
        const backend = await backendId(tx);
        await sql`select pg_terminate_backend(${backend}, 5000)`.execute(db);
        await tx.insertInto('limits').values(limit('more')).execute();
      });
      await expect(work).rejects.toThrow(/terminat|connection error/);
      expect(await db.selectFrom('limits').selectAll().execute()).toEqual([]);
    });

    test('connections that break while idle are replaced, and their loss is told', async () => {
      const victim = await openStorage(url, { maxConnections: 1, onConnectionLost: (error) => lost.push(error) });
      const before = await backendId(victim.db);
      const told = lost.length;
      await sql`select pg_terminate_backend(${before}, 5000)`.execute(db);
      await expect.poll(() => lost.length).toBeGreaterThan(told);
      expect(await backendId(victim.db)).not.toBe(before);
      await victim.close();
    });

    test('a connection that the server closes under a statement is not used again', async () => {
      const victim = await openStorage(url, { maxConnections: 1 });
      const suicide = sql`select pg_terminate_backend(pg_backend_pid())`.execute(victim.db);
      await expect(suicide).rejects.toThrow(/terminat/);
      await victim.ping();
      await victim.close();
    });

    test('a server that cannot be reached is an error at the opening', async () => {
      await expect(openStorage('postgres://nobody@127.0.0.1:1/none')).rejects.toThrow('ECONNREFUSED');
    });
  });
});

async function setting(db: Database, name: string): Promise<unknown> {
  const { rows } = await sql<Record<string, unknown>>`show ${sql.raw(name)}`.execute(db);
  return rows[0]?.[name];
}

async function backendId(db: Database): Promise<number> {
  const { rows } = await sql<{ id: number }>`select pg_backend_pid() as id`.execute(db);
  return rows[0]?.id ?? 0;
}

async function add(db: Database, key: string): Promise<void> {
  await db
    .updateTable('limits')
    .set((eb) => ({ count: eb('count', '+', 1) }))
    .where('key', '=', key)
    .execute();
}

async function raise(db: Database, code: string): Promise<void> {
  await sql`do ${sql.lit(`begin raise 'conflict' using errcode = '${code}'; end`)}`.execute(db);
}

/** Resolves for everybody when as many have come. */
function barrier(size: number): () => Promise<void> {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let arrived = 0;
  return () => {
    if (++arrived === size) open();
    return opened;
  };
}
