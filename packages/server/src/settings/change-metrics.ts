import { profileChanged, setMetricsOptOut } from '../accounts/index.js';
import type { Context } from '../context.js';

/** Allows or refuses the collection of usage data (auth-api §6.1, `/account/metrics_opt`). */
export async function changeMetrics(context: Context, uid: string, state: 'in' | 'out'): Promise<void> {
  const now = context.clock.now();
  await context.storage.transaction(async (tx) => {
    await setMetricsOptOut(tx, uid, state === 'out' ? now : null);
    await profileChanged(context, tx, uid);
  });
  context.notifications.wake();
  context.push.wake();
}
