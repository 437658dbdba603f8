import { openDatabase, type Storage } from '@foxden/database';
import { createTables, STORAGE_TABLES, USER_TABLES } from './create-tables.js';
import type { StorageTables, UserTables } from './schema.js';

/**
 * SQLite files that the users' data are spread over. It decides which file a user's data are in, so it never changes.
 */
const SHARES = 8;

/** The databases of a Sync server. */
export interface Tables {
  readonly users: Storage<UserTables>;
  /** The database with the data of a user: on PostgreSQL always the same. */
  storageOf(uid: number): Storage<StorageTables>;
  /** All of them, each once. */
  readonly storages: readonly Storage<StorageTables>[];
  close(): Promise<void>;
}

/**
 * Opens the databases and makes their tables.
 * @param databaseUrl `postgres://…`, `sqlite::memory:`, or `sqlite:<folder>`: SQLite lets one writer into a file at a
 *   time, so users are spread over several
 */
export async function openTables(databaseUrl: string): Promise<Tables> {
  const folder = /^sqlite:(.+)$/s.exec(databaseUrl)?.[1];
  if (folder === undefined) return onPostgres(databaseUrl);
  const inFolder = (name: string): string => (folder === ':memory:' ? databaseUrl : `sqlite:${folder}/${name}.db`);
  const names = Array.from({ length: SHARES }, (_, share) => `storage-${share}`);
  const opened: { close(): Promise<void> }[] = [];
  try {
    const users = await openDatabase<UserTables>(inFolder('users'));
    opened.push(users);
    await createTables(users, USER_TABLES);
    const storages: Storage<StorageTables>[] = [];
    for (const name of names) {
      const storage = await openDatabase<StorageTables>(inFolder(name));
      opened.push(storage);
      await createTables(storage, STORAGE_TABLES);
      storages.push(storage);
    }
    return tables(users, storages, opened);
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function onPostgres(databaseUrl: string): Promise<Tables> {
  const database = await openDatabase<UserTables & StorageTables>(databaseUrl);
  try {
    await createTables(database, [...USER_TABLES, ...STORAGE_TABLES]);
  } catch (error) {
    await database.close();
    throw error;
  }
  // One database holds both schemas; each room sees the tables that are its own.
  const users = database as unknown as Storage<UserTables>;
  const storage = database as unknown as Storage<StorageTables>;
  return tables(users, [storage], [database]);
}

function tables(
  users: Storage<UserTables>,
  storages: readonly Storage<StorageTables>[],
  opened: readonly { close(): Promise<void> }[],
): Tables {
  return {
    users,
    storages,
    storageOf(uid) {
      const storage = storages[uid % storages.length];
      if (storage === undefined) throw new Error('There is no storage.');
      return storage;
    },
    close: () => closeAll(opened),
  };
}

async function closeAll(opened: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const database of opened) await database.close();
}
