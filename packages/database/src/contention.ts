/** Waited for the one connection of an SQLite database longer than anybody should. */
export class TurnTimeout extends Error {
  override readonly name = 'TurnTimeout';
}

/**
 * SQLSTATE: serialization_failure, deadlock_detected, lock_not_available, query_canceled (our statement timeout),
 * idle_in_transaction_session_timeout, too_many_connections, admin_shutdown, cannot_connect_now.
 */
const CODES: ReadonlySet<unknown> = new Set(['40001', '40P01', '55P03', '57014', '25P03', '53300', '57P01', '57P03']);

/** What is thrown when the pool has no connection in time. */
const POOL_TIMEOUT = 'timeout exceeded when trying to connect';

/** Others were in the way: nothing was written, and the same may well succeed in a moment. */
export function isContention(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof TurnTimeout || error.message === 'database is locked') return true;
  return error.message === POOL_TIMEOUT || ('code' in error && CODES.has(error.code));
}
