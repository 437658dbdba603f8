import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { describePostgres } from '../../../test/support/postgres.js';
import { testClock } from '../../server/test/support/test-server.js';
import { createSyncServer, type SyncServer } from '../src/index.js';
import { storageLimits } from '../src/limits.js';
import { addToBatch, postRecords, type StorageContext } from '../src/storage/index.js';
import { openTables, type Tables } from '../src/tables/index.js';

const URL = 'https://sync.example.com';
const DAY = 24 * 3600 * 1000;
const folder = mkdtempSync(join(tmpdir(), 'foxden-purge-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

describe('purging on SQLite', () => {
  purging(async () => {
    const name = join(folder, randomBytes(4).toString('hex'));
    return `sqlite:${name}`;
  });
});
describePostgres('purging on PostgreSQL', (createDatabase) => purging(createDatabase));

interface Fixture {
  readonly sync: SyncServer;
  readonly tables: Tables;
  readonly context: StorageContext;
  readonly clock: ReturnType<typeof testClock>;
  /** Adds a row of the table of users on the server's own node, or on another. */
  user(columns: { email: string; replacedAt?: number; own?: boolean }): Promise<number>;
  /** Rows of a table of the storage, over all databases. */
  count(table: string): Promise<number>;
}

async function open(databaseUrl: string): Promise<Fixture> {
  const clock = testClock();
  const nothing = () => undefined;
  const random = { bytes: (length: number) => randomBytes(length) };
  const sync = await createSyncServer({
    databaseUrl,
    publicUrl: URL,
    masterSecret: 'a secret',
    verifier: { verify: async () => undefined },
    emailDomain: 'example.com',
    clock,
    random,
    log: { info: nothing, warn: nothing, error: nothing },
    version: '0',
  });
  undo.push(() => sync.close());
  const tables = await openTables(databaseUrl);
  undo.push(() => tables.close());
  return {
    sync,
    tables,
    clock,
    context: { tables, clock, random, limits: storageLimits(), quota: null },
    async user({ email, replacedAt = null, own = true }) {
      const { rows } = await sql<{ uid: number }>`
        insert into users (service, email, generation, client_state, created_at, replaced_at, nodeid)
        values ((select id from services), ${email}, 5, 'aaaa', 1, ${replacedAt},
          ${own ? sql`(select id from nodes)` : sql`4711`}) returning uid`.execute(tables.users.db);
      return rows[0]?.uid ?? 0;
    },
    async count(table) {
      let sum = 0;
      for (const { db } of tables.storages) {
        const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
        sum += rows[0]?.n ?? 0;
      }
      return sum;
    },
  };
}

function purging(createDatabase: () => Promise<string>): void {
  test('deletes what has expired and batches that were never committed, and nothing else', async () => {
    const { sync, context, clock, count } = await open(await createDatabase());
    await postRecords(
      context,
      1,
      'c',
      [
        { id: 'a', payload: 'x' },
        { id: 'b', payload: 'x', ttl: 10 },
      ],
      {},
    );
    await postRecords(context, 2, 'c', [{ id: 'a', payload: 'x', ttl: 11 }], {});
    await addToBatch(context, 1, 'c', undefined, [{ id: 'a', payload: 'x' }], {});
    clock.advance(10_000);
    await sync.purge();
    expect([await count('sync_bsos'), await count('sync_batches'), await count('sync_batch_items')]).toEqual([2, 1, 1]);
    clock.advance(2 * 3600 * 1000 - 10_000);
    await sync.purge();
    expect([await count('sync_bsos'), await count('sync_batches'), await count('sync_batch_items')]).toEqual([1, 0, 0]);
  });

  test('deletes a user a day after it was replaced, with the data, if they are here', async () => {
    const { sync, context, clock, user, tables, count } = await open(await createDatabase());
    const now = clock.now();
    const live = await user({ email: 'a@example.com' });
    const replaced = await user({ email: 'a@example.com', replacedAt: now });
    const elsewhere = await user({ email: 'b@example.com', replacedAt: now, own: false });
    for (const uid of [live, replaced, elsewhere])
      await postRecords(context, uid, 'c', [{ id: 'a', payload: 'x' }], {});
    const uids = async () =>
      (await tables.users.db.selectFrom('users').select('uid').orderBy('uid').execute()).map(({ uid }) => uid);
    clock.advance(DAY);
    await sync.purge();
    expect(await uids()).toEqual([live, replaced, elsewhere]);
    clock.advance(1);
    await sync.purge();
    expect(await uids()).toEqual([live, elsewhere]);
    expect(await count('sync_bsos')).toBe(2);
  });

  test('an account that is gone takes the data of all its keys along, whenever it is told', async () => {
    const { sync, context, user, tables, count } = await open(await createDatabase());
    const uids = [
      await user({ email: 'a0@example.com', replacedAt: 7 }),
      await user({ email: 'a0@example.com' }),
      await user({ email: 'b0@example.com' }),
    ];
    for (const uid of uids) await postRecords(context, uid, 'c', [{ id: 'a', payload: 'x' }], {});
    await sync.forgetAccount('a0');
    await sync.forgetAccount('a0');
    expect([await count('sync_bsos'), await count('sync_collections'), await count('sync_users')]).toEqual([1, 1, 1]);
    const { rows } = await sql<{ generation: string; replaced_at: number | null }>`
      select cast(generation as text) as generation, replaced_at from users order by uid`.execute(tables.users.db);
    expect(rows).toMatchObject([
      { generation: String(2n ** 63n - 1n), replaced_at: 7 },
      { generation: String(2n ** 63n - 1n), replaced_at: context.clock.now() },
      { generation: '5', replaced_at: null },
    ]);
  });

  test('signing everybody out moves the generation forward only', async () => {
    const { sync, user, tables } = await open(await createDatabase());
    await user({ email: 'a0@example.com' });
    const generation = async () =>
      (await sql<{ g: string }>`select cast(generation as text) as g from users`.execute(tables.users.db)).rows[0]?.g;
    await sync.signOutBefore('a0', 100);
    expect(await generation()).toBe('99');
    await sync.signOutBefore('a0', 50);
    expect(await generation()).toBe('99');
  });
}
