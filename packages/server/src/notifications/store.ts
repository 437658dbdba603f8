import { type SqlBool, sql } from 'kysely';
import { type Bytes, type Database, type NotificationRow, prune } from '../storage/index.js';

export async function insertNotifications(db: Database, rows: readonly NotificationRow[]): Promise<void> {
  await db.insertInto('notifications').values(rows).execute();
}

/** A notification whose time has come; `nextAttemptAt` is what a claim must still find. */
export interface DueNotification {
  readonly id: Bytes;
  readonly nextAttemptAt: number;
}

/** Notifications to send now, the longest waiting first. */
export async function findDue(db: Database, now: number, limit: number): Promise<DueNotification[]> {
  const rows = await db
    .selectFrom('notifications')
    .select(['id', 'nextAttemptAt'])
    .where('nextAttemptAt', '<=', now)
    .orderBy('nextAttemptAt')
    .limit(limit)
    .execute();
  return rows.flatMap(({ id, nextAttemptAt }) => (nextAttemptAt === null ? [] : { id, nextAttemptAt }));
}

/** When the next one is due (milliseconds), or undefined. */
export async function findNextAttempt(db: Database): Promise<number | undefined> {
  const row = await db
    .selectFrom('notifications')
    .select('nextAttemptAt')
    .where('nextAttemptAt', 'is not', null)
    .orderBy('nextAttemptAt')
    .limit(1)
    .executeTakeFirst();
  return row?.nextAttemptAt ?? undefined;
}

/** Takes a due notification for this process until a time, counting the attempt; undefined when another was first. */
export async function claim(db: Database, due: DueNotification, until: number): Promise<NotificationRow | undefined> {
  return db
    .updateTable('notifications')
    .set((eb) => ({ nextAttemptAt: until, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', due.id)
    .where('nextAttemptAt', '=', due.nextAttemptAt)
    .returningAll()
    .executeTakeFirst();
}

/** A notification that was accepted. */
export async function deleteNotification(db: Database, id: Bytes): Promise<void> {
  await db.deleteFrom('notifications').where('id', '=', id).execute();
}

/** A notification that was not accepted: to try again, or (null) given up. */
export async function postpone(
  db: Database,
  id: Bytes,
  nextAttemptAt: number | null,
  lastError: string,
): Promise<void> {
  await db.updateTable('notifications').set({ nextAttemptAt, lastError }).where('id', '=', id).execute();
}

/** Deletes what was given up and is older than `before`. */
export function deleteGivenUp(db: Database, before: number): Promise<number> {
  return prune(db, 'notifications', ['id'], sql<SqlBool>`"nextAttemptAt" is null and "createdAt" < ${before}`);
}
