import { openSqlite } from './sqlite/index.js';
import type { Storage } from './storage.js';

export interface StorageOptions {
  /** Of PostgreSQL's pool; 10 where not given. */
  readonly maxConnections?: number | undefined;
  /** Told when an idle connection to PostgreSQL breaks; the storage opens another by itself. */
  readonly onConnectionLost?: ((error: Error) => void) | undefined;
}

/**
 * Opens a database, without looking at what is in it.
 * @param databaseUrl `sqlite:<file>`, `sqlite::memory:` or `postgres://…`
 * @throws Error when it cannot be opened
 */
export async function openDatabase<S>(databaseUrl: string, options: StorageOptions = {}): Promise<Storage<S>> {
  const file = /^sqlite:(.+)$/s.exec(databaseUrl)?.[1];
  if (file !== undefined) return openSqlite<S>(file);
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) {
    // Loaded only when needed: it takes longer to load than SQLite takes to open.
    const { openPostgres } = await import('./postgres/index.js');
    return openPostgres<S>(databaseUrl, options);
  }
  throw new Error('The database must be named by sqlite:<file>, sqlite::memory: or postgres://….');
}
