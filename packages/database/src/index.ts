/** SQLite or PostgreSQL behind one interface; who opens a database brings the tables. */
export { isContention } from './contention.js';
export { openDatabase, type StorageOptions } from './open-database.js';
export { type Prepare, preparer } from './prepare.js';
export { prune } from './prune.js';
export type { Database, Durability, Storage } from './storage.js';
export { isUniqueViolation } from './unique-violation.js';
