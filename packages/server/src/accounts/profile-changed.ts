import type { Context } from '../context.js';
import { PROFILE_UPDATED } from '../push/index.js';
import type { Database } from '../storage/index.js';
import { markProfileChanged } from './store.js';

/**
 * Every change of a profile ends here, in the transaction of the change: applications that keep a copy are to read it
 * again, and services and devices are told (oauth-devices §3.4, §5, auth-api §9). Wake `context.notifications` and
 * `context.push` after the commit.
 * @param uid hex, 32 digits
 */
export async function profileChanged(context: Context, tx: Database, uid: string): Promise<void> {
  await markProfileChanged(tx, uid, context.clock.now());
  await context.notifications.post(tx, { name: 'profileDataChange', uid, details: {} });
  await context.push.post(tx, uid, PROFILE_UPDATED);
}
