import { findAccount } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { findPrimaryEmail, postNewDeviceLogin } from '../emails/index.js';
import type { Database } from '../storage/index.js';

/** Whoever made an account a moment ago knows that a device was added. */
const NEW_ACCOUNT = 24 * 60 * 60 * 1000;

/**
 * Tells a person by mail that an application has become a device of theirs (oauth-devices §1.7). The delivery finds the
 * mail by itself: nobody waits for it.
 */
export async function announceDevice(context: Context, tx: Database, caller: Caller, uid: string): Promise<void> {
  const [account, email] = [await findAccount(tx, uid), await findPrimaryEmail(tx, uid)];
  if (account === undefined || email === undefined) return;
  if (context.clock.now() - account.createdAt < NEW_ACCOUNT) return;
  await postNewDeviceLogin(context, tx, caller, email, 'sync');
}
