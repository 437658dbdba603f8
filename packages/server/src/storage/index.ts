// Where everything is kept: SQLite or PostgreSQL behind one interface, migrated to the current schema when opened.
// Stores take a `Database` and write their SQL with Kysely; no other folder knows which engine runs it.
export { isUniqueViolation, prune, type StorageOptions } from '@foxden/database';
export { openStorage } from './open-storage.js';
export { prepare } from './prepare.js';
export type * from './schema.js';
export type { Database, Durability, Storage } from './storage.js';
