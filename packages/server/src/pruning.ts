import type { Context } from './context.js';
import { pruneCredentials } from './credentials/index.js';
import { pruneOAuth } from './oauth/index.js';

const INTERVAL = 10 * 60 * 1000;

/** Deletes what has expired, now and then, in small batches. Returns what stops it. */
export function startPruning(context: Context): () => void {
  const run = async () => {
    try {
      await context.limits.prune();
      await pruneCredentials(context);
      await pruneOAuth(context);
    } catch (error) {
      context.log.error('prune', { error: error instanceof Error ? error.message : String(error) });
    }
  };
  const timer = setInterval(() => void run(), INTERVAL);
  timer.unref();
  return () => clearInterval(timer);
}
