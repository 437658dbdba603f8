import type { Context } from '../../context.js';
import type { Database } from '../../storage/index.js';
import { deleteReminders, planReminder } from './store.js';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** How long after sign-up an unproven address is reminded of (auth-api §8). */
const VERIFICATION = {
  verificationReminderFirst: DAY,
  verificationReminderSecond: 5 * DAY,
  verificationReminderFinal: 15 * DAY,
} as const;

/** How long after they asked a person is reminded of connecting another device (auth-api §8). */
const CONNECT_ANOTHER_DEVICE = { cadReminderFirst: 8 * HOUR, cadReminderSecond: 3 * DAY } as const;

export type VerificationReminder = keyof typeof VERIFICATION;
export type ReminderTemplate = VerificationReminder | keyof typeof CONNECT_ANOTHER_DEVICE;

/** Plans the reminders of an address that nobody has proven yet, if they are switched on. */
export async function scheduleVerificationReminders(context: Context, db: Database, uid: string): Promise<void> {
  if (context.config.verificationReminders) await schedule(context, db, uid, VERIFICATION);
}

/** Drops what is planned for an address that is proven now. */
export function cancelVerificationReminders(db: Database, uid: string): Promise<void> {
  return deleteReminders(db, uid, Object.keys(VERIFICATION) as VerificationReminder[]);
}

/** Plans the reminders of connecting another device, from now on. */
export function scheduleConnectReminders(context: Context, db: Database, uid: string): Promise<void> {
  return schedule(context, db, uid, CONNECT_ANOTHER_DEVICE);
}

export function isVerificationReminder(template: ReminderTemplate): template is VerificationReminder {
  return template in VERIFICATION;
}

async function schedule(
  context: Context,
  db: Database,
  uid: string,
  delays: Readonly<Partial<Record<ReminderTemplate, number>>>,
): Promise<void> {
  const now = context.clock.now();
  for (const [template, delay] of Object.entries(delays)) {
    await planReminder(db, uid, template as ReminderTemplate, now + delay);
  }
}
