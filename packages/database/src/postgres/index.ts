// PostgreSQL behind the storage interface: a pool of connections, transactions at READ COMMITTED, for several processes.
// https://www.postgresql.org/docs/current/transaction-iso.html says what the isolation promises.
export { openPostgres } from './open-postgres.js';
