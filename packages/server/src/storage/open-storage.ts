import { MIGRATIONS, migrate } from './migrations/index.js';
import { openSqlite } from './sqlite/index.js';
import type { Storage } from './storage.js';

export interface StorageOptions {
  /** Of PostgreSQL's pool; 10 where not given. */
  readonly maxConnections?: number | undefined;
  /** Told when an idle connection to PostgreSQL breaks; the storage opens another by itself. */
  readonly onConnectionLost?: ((error: Error) => void) | undefined;
}

/**
 * Opens a database and brings it to the current schema.
 * @param databaseUrl `sqlite:<file>`, `sqlite::memory:` or `postgres://…`
 * @throws Error when it cannot be opened, or was written by a newer Foxden
 */
export async function openStorage(databaseUrl: string, options: StorageOptions = {}): Promise<Storage> {
  const storage = await open(databaseUrl, options);
  try {
    await migrate(storage, MIGRATIONS);
  } catch (error) {
    await storage.close();
    throw error;
  }
  return storage;
}

async function open(databaseUrl: string, options: StorageOptions): Promise<Storage> {
  const file = /^sqlite:(.+)$/s.exec(databaseUrl)?.[1];
  if (file !== undefined) return openSqlite(file);
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) {
    // Loaded only when needed: it takes longer to load than SQLite takes to open.
    const { openPostgres } = await import('./postgres/index.js');
    return openPostgres(databaseUrl, options);
  }
  throw new Error('The database must be named by sqlite:<file>, sqlite::memory: or postgres://….');
}
