import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between tries; the last one repeats. */
const PAUSES = [0, 1, 2, 5, 10, 20] as const;

/** Milliseconds after which another process's lock is an error. */
const PATIENCE = 5_000;

/** Another connection, most often of another process, holds the lock that the statement needs. */
export function isBusy(error: unknown): boolean {
  // The add-on leaves `errcode` out in some places; the text is the same everywhere.
  return error instanceof Error && error.message === 'database is locked';
}

/**
 * Runs `work` until the database is not locked by somebody else. SQLite's own busy_timeout would do the same but stop
 * the event loop while it waits, and wait in vain for a lock that this very process holds.
 * @throws what `work` throws; when the patience (milliseconds) is over, also when that is `database is locked`
 */
export async function retryWhileBusy<T>(work: () => T, patience = PATIENCE): Promise<T> {
  const deadline = performance.now() + patience;
  for (let attempt = 0; ; attempt++) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await sleep(PAUSES[Math.min(attempt, PAUSES.length - 1)]);
  }
}
