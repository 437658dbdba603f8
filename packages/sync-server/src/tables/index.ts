/** The tables of Sync and the databases that hold them: the token server's beside each other, the data in shares. */
export { openTables, type Tables } from './open-tables.js';
export type { StorageTables, UserTables } from './schema.js';
