import { openDatabase, type StorageOptions } from '@foxden/database';
import { MIGRATIONS, migrate } from './migrations/index.js';
import type { Schema } from './schema.js';
import type { Storage } from './storage.js';

/**
 * Opens a database and brings it to the current schema.
 * @param databaseUrl `sqlite:<file>`, `sqlite::memory:` or `postgres://…`
 * @throws Error when it cannot be opened, or was written by a newer Foxden
 */
export async function openStorage(databaseUrl: string, options: StorageOptions = {}): Promise<Storage> {
  const storage = await openDatabase<Schema>(databaseUrl, options);
  try {
    await migrate(storage, MIGRATIONS);
  } catch (error) {
    await storage.close();
    throw error;
  }
  return storage;
}
