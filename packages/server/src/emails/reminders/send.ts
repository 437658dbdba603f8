import { findAccount } from '../../accounts/index.js';
import type { Context } from '../../context.js';
import { toHex } from '../../storage/hex.js';
import type { Database } from '../../storage/index.js';
import { findPrimaryEmail } from '../store.js';
import { isVerificationReminder } from './schedule.js';
import { findDueAccounts, takeDueReminders } from './store.js';

const BATCH = 50;

/** Writes the reminders whose time has come. Several processes may do so on one database: each is written once. */
export async function sendDueReminders(context: Context): Promise<void> {
  for (;;) {
    const accounts = await findDueAccounts(context.storage.db, context.clock.now(), BATCH);
    for (const uid of accounts) await context.storage.transaction((tx) => remind(context, tx, uid));
    if (accounts.length > 0) context.mail.wake();
    if (accounts.length < BATCH) return;
  }
}

async function remind(context: Context, tx: Database, uid: string): Promise<void> {
  const due = await takeDueReminders(tx, uid, context.clock.now());
  const account = await findAccount(tx, uid);
  const email = await findPrimaryEmail(tx, uid);
  if (account === undefined || email === undefined) return;
  const common = { to: email.email, uid, locale: account.locale ?? undefined };
  // After a longer stop of the server several have fallen due: the last one says it all.
  const verification = due.findLast(isVerificationReminder);
  const connect = due.filter((template) => !isVerificationReminder(template)).at(-1);
  if (verification !== undefined && !email.isVerified) {
    await context.mail.post(tx, { ...common, template: verification, values: { code: toHex(email.emailCode) } });
  }
  if (connect !== undefined && email.isVerified)
    await context.mail.post(tx, { ...common, template: connect, values: {} });
}
