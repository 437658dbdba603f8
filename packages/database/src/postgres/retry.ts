import pg from 'pg';

const ATTEMPTS = 5;

/** SQLSTATE serialization_failure and deadlock_detected: PostgreSQL undid this transaction to let another one go on. */
const CONFLICTS: ReadonlySet<string | undefined> = new Set(['40001', '40P01']);

/**
 * Runs a transaction, or a statement that is one by itself, again when PostgreSQL sacrificed it for another one; five
 * times at most.
 * @throws what the last attempt threw
 */
export async function retryConflicts<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      const conflict = error instanceof pg.DatabaseError && CONFLICTS.has(error.code);
      if (!conflict || attempt === ATTEMPTS) throw error;
    }
  }
}
