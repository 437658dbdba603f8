// Where everything is kept: SQLite or PostgreSQL behind one interface, migrated to the current schema when opened.
// Stores take a `Database` and write their SQL with Kysely; no other folder knows which engine runs it.
export { openStorage, type StorageOptions } from './open-storage.js';
export { prepare } from './prepare.js';
export { prune } from './prune.js';
export type * from './schema.js';
export type { Database, Durability, Storage } from './storage.js';
export { isUniqueViolation } from './unique-violation.js';
