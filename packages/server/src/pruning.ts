import type { Context } from './context.js';
import { pruneCredentials } from './credentials/index.js';
import { pruneCommands } from './devices/index.js';
import { pruneReservations, sendDueReminders } from './emails/index.js';
import { pruneSecondFactors } from './mfa/index.js';
import { pruneOAuth } from './oauth/index.js';
import { pruneUnblockCodes } from './unblock/index.js';

const INTERVAL = 10 * 60 * 1000;

/** Deletes what has expired and writes the reminders that are due, now and then. Returns what stops it. */
export function startPruning(context: Context): () => void {
  const run = async () => {
    try {
      await context.limits.prune();
      await pruneCredentials(context);
      await pruneSecondFactors(context);
      await pruneOAuth(context);
      await pruneReservations(context);
      await pruneCommands(context.storage.db, context.clock.now());
      await pruneUnblockCodes(context);
      await sendDueReminders(context);
    } catch (error) {
      context.log.error('prune', { error: error instanceof Error ? error.message : String(error) });
    }
  };
  const timer = setInterval(() => void run(), INTERVAL);
  timer.unref();
  return () => clearInterval(timer);
}
