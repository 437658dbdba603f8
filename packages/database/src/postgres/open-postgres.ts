import { Kysely, sql, type Transaction } from 'kysely';
import type { Durability, Storage } from '../storage.js';
import { postgresDialect } from './driver.js';
import { createPool, type PoolOptions } from './pool.js';
import { retryConflicts } from './retry.js';

/**
 * Opens a PostgreSQL database, without looking at what is in it.
 * @param databaseUrl `postgres://…`, as https://www.postgresql.org/docs/current/libpq-connect.html has it
 * @throws Error when it cannot be reached, or does not store text as UTF-8
 */
export async function openPostgres<S>(databaseUrl: string, options: PoolOptions = {}): Promise<Storage<S>> {
  const pool = createPool(databaseUrl, options);
  const databases = {
    full: new Kysely<S>({ dialect: postgresDialect(pool, 'full') }),
    relaxed: new Kysely<S>({ dialect: postgresDialect(pool, 'relaxed') }),
    snapshot: new Kysely<S>({ dialect: postgresDialect(pool, 'snapshot') }),
  };
  const db = databases.full;
  try {
    await checkEncoding(db);
  } catch (error) {
    await pool.end();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    engine: 'postgres',
    db,
    transaction: <T>(work: (tx: Transaction<S>) => Promise<T>, durability: Durability = 'full') =>
      retryConflicts(() => databases[durability].transaction().execute(work)),
    snapshot: (work) => databases.snapshot.transaction().execute(work),
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}

async function checkEncoding<S>(db: Kysely<S>): Promise<void> {
  const { rows } = await sql<{ server_encoding: string }>`show server_encoding`.execute(db);
  const encoding = rows[0]?.server_encoding;
  if (encoding !== 'UTF8') throw new Error(`The database's encoding is ${encoding}; it must be UTF8.`);
}
