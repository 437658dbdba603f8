import { fromHex, toHex } from '../../storage/hex.js';
import type { Database } from '../../storage/index.js';
import type { ReminderTemplate } from './schedule.js';

/** Plans a reminder; one that is planned already moves. `dueAt`: milliseconds since the epoch. */
export async function planReminder(
  db: Database,
  uid: string,
  template: ReminderTemplate,
  dueAt: number,
): Promise<void> {
  await db
    .insertInto('reminders')
    .values({ uid: fromHex(uid), template, dueAt })
    .onConflict((conflict) => conflict.columns(['uid', 'template']).doUpdateSet({ dueAt }))
    .execute();
}

/** Accounts (hex) to remind now, the longest waiting first. */
export async function findDueAccounts(db: Database, now: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('reminders')
    .select((eb) => ['uid', eb.fn.min('dueAt').as('first')])
    .where('dueAt', '<=', now)
    .groupBy('uid')
    .orderBy('first')
    .limit(limit)
    .execute();
  return rows.map(({ uid }) => toHex(uid));
}

/** Takes an account's due reminders, so that no other process sends them. In the order in which they fell due. */
export async function takeDueReminders(db: Database, uid: string, now: number): Promise<ReminderTemplate[]> {
  const rows = await db
    .deleteFrom('reminders')
    .where('uid', '=', fromHex(uid))
    .where('dueAt', '<=', now)
    .returning(['template', 'dueAt'])
    .execute();
  return rows.sort((a, b) => a.dueAt - b.dueAt).map(({ template }) => template as ReminderTemplate);
}

/** Drops planned reminders: some of an account's, or all. */
export async function deleteReminders(
  db: Database,
  uid: string,
  templates?: readonly ReminderTemplate[],
): Promise<void> {
  await db
    .deleteFrom('reminders')
    .where('uid', '=', fromHex(uid))
    .$if(templates !== undefined, (query) => query.where('template', 'in', [...(templates ?? [])]))
    .execute();
}
