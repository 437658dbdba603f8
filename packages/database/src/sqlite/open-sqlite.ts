import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely, sql, type Transaction } from 'kysely';
import type { Durability, Storage } from '../storage.js';
import { retryWhileBusy } from './busy.js';
import { SqliteConnection } from './connection.js';
import { autocommitDialect, transactionDialect } from './dialect.js';
import { loadSqliteDriver, type SqliteDatabase } from './load-driver.js';
import { checkSqliteDriver } from './self-check.js';
import { Turns } from './turns.js';

const MEMORY = ':memory:';

const PRAGMAS = [
  // Waiting is ours to do (busy.ts): SQLite would stop the event loop meanwhile.
  'busy_timeout = 0',
  'foreign_keys = on',
  'synchronous = normal',
  // A token's row touches random pages of several trees: a cache that holds them (KiB, as negative) and a log that
  // gathers more changes of one page before they are copied into the file (pages) save a fifth of an insert's work.
  'cache_size = -16000',
  'wal_autocheckpoint = 4000',
];

/**
 * Opens an SQLite database, without looking at what is in it.
 * @param path a file, relative to the working directory or absolute, made with mode 0600 where absent; or `:memory:`
 */
export async function openSqlite<S>(path: string): Promise<Storage<S>> {
  const driver = await loadSqliteDriver();
  checkSqliteDriver(driver);
  const file = path === MEMORY ? MEMORY : resolve(path);
  if (file !== MEMORY) createPrivately(file);
  const database = new driver.DatabaseSync(file);
  try {
    await retryWhileBusy(() => configure(database, file));
  } catch (error) {
    database.close();
    throw error;
  }
  return sqliteStorage<S>(new SqliteConnection(database));
}

function createPrivately(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    // Only ever made, never opened: closing a file drops the locks that SQLite holds on it in the same process.
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function configure(database: SqliteDatabase, file: string): void {
  for (const pragma of PRAGMAS) database.exec(`pragma ${pragma}`);
  const [mode] = database.prepare('pragma journal_mode = wal').all() as { journal_mode: string }[];
  if (file !== MEMORY && mode?.journal_mode !== 'wal') {
    throw new Error(`The database ${file} cannot use a write-ahead log; it must be on a local disk.`);
  }
}

function sqliteStorage<S>(sqlite: SqliteConnection): Storage<S> {
  const turns = new Turns();
  const databases = {
    full: new Kysely<S>({ dialect: transactionDialect(sqlite, turns, 'full') }),
    relaxed: new Kysely<S>({ dialect: transactionDialect(sqlite, turns, 'relaxed') }),
    snapshot: new Kysely<S>({ dialect: transactionDialect(sqlite, turns, 'snapshot') }),
  };
  const db = new Kysely<S>({ dialect: autocommitDialect(sqlite, turns) });
  let closing: Promise<void> | undefined;
  return {
    engine: 'sqlite',
    db,
    transaction: <T>(work: (tx: Transaction<S>) => Promise<T>, durability: Durability = 'full') =>
      databases[durability].transaction().execute(work),
    snapshot: (work) => databases.snapshot.transaction().execute(work),
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close: () => {
      closing ??= turns.close().then(() => sqlite.close());
      return closing;
    },
  };
}
