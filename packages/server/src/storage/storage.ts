import type { Database as AnyDatabase, Storage as AnyStorage } from '@foxden/database';
import type { Schema } from './schema.js';

export type { Durability } from '@foxden/database';

/** What stores run their statements on: the storage itself, or a transaction of it. */
export type Database = AnyDatabase<Schema>;

/** An open database, migrated to the current schema. */
export type Storage = AnyStorage<Schema>;
