import { profileChanged } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { causeOf, postSecurityNotice } from '../emails/index.js';
import { recordSecurityEvent } from '../security/index.js';
import type { Database } from '../storage/index.js';

/** What happened to the authenticator of an account: name of the security event and of the mail. */
const CHANGES = {
  added: ['account.two_factor_added', 'postAddTwoStepAuthentication'],
  replaced: ['account.two_factor_replace_success', 'postChangeTwoStepAuthentication'],
  removed: ['account.two_factor_removed', 'postRemoveTwoStepAuthentication'],
} as const;

/** Tells the owner and the services that the authenticator changed (auth-api §6.10), in the transaction of the change. */
export async function announceChange(
  context: Context,
  tx: Database,
  caller: Caller,
  uid: string,
  change: keyof typeof CHANGES,
  service?: string,
): Promise<void> {
  const [name, template] = CHANGES[change];
  await recordSecurityEvent(context, tx, caller, { uid, name, verified: true });
  await postSecurityNotice(context, tx, caller, { uid, template, service, values: causeOf(context, caller) });
  await profileChanged(context, tx, uid);
}

/** After the commit: what was written down leaves. */
export function wakeDelivery(context: Context): void {
  context.mail.wake();
  context.notifications.wake();
  context.push.wake();
}
