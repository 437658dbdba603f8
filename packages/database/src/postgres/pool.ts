import pg from 'pg';

/** Milliseconds. */
const CONNECTION_TIMEOUT = 5_000;
const STATEMENT_TIMEOUT = 10_000;
/** A transaction that does nothing for so long is abandoned; its locks must not outlive it. */
const IDLE_TRANSACTION_TIMEOUT = 10_000;

export interface PoolOptions {
  readonly maxConnections?: number | undefined;
  /** An idle connection broke, as when the database restarts. The next statement opens another. */
  readonly onConnectionLost?: ((error: Error) => void) | undefined;
}

/** A pool of connections, opened when needed. */
export function createPool(databaseUrl: string, options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: CONNECTION_TIMEOUT,
    statement_timeout: STATEMENT_TIMEOUT,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT,
    keepAlive: true,
    application_name: 'foxden',
    types: { getTypeParser },
  });
  // An `error` nobody listens to ends the process. The pool hears of idle connections only; one that breaks between two
  // statements of a transaction fails the next statement, so there is nothing to do here.
  pool.on('error', (error) => options.onConnectionLost?.(error));
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** As `pg` reads values, but for bigint: times and counts are safe integers, so they become numbers and not strings. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');
