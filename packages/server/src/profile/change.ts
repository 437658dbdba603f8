import { holdAccount, profileChanged } from '../accounts/index.js';
import type { Context } from '../context.js';
import { profileError } from '../errors.js';
import type { Database } from '../storage/index.js';

/**
 * Changes something of a profile, and makes it known.
 * @param uid hex, 32 digits
 * @throws UNAUTHORIZED when the account is gone, though a token of it still is valid
 */
export async function changeProfile(
  context: Context,
  uid: string,
  change: (tx: Database) => Promise<void>,
): Promise<void> {
  await context.storage.transaction(async (tx) => {
    if (!(await holdAccount(context.storage, tx, { uid })))
      throw profileError('UNAUTHORIZED', { reason: 'account is gone' });
    await change(tx);
    await profileChanged(context, tx, uid);
  });
  context.notifications.wake();
  context.push.wake();
}
