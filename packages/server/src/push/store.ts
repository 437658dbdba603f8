import type { ExpressionBuilder } from 'kysely';
import type { Bytes, Database, PushMessageRow, Schema } from '../storage/index.js';

/**
 * Writes a message down. One that waits already, word for word, is not written twice, but is new again: should it be on
 * its way at this moment, it goes once more, as the device may have acted on it before what is announced now.
 */
export async function insertMessage(db: Database, row: PushMessageRow): Promise<void> {
  const { endpoint, publicKey, authKey, ttl, createdAt, attempts, nextAttemptAt, lastError } = row;
  await db
    .insertInto('pushMessages')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['uid', 'deviceId', 'id'])
        .doUpdateSet({ endpoint, publicKey, authKey, ttl, createdAt, attempts, nextAttemptAt, lastError }),
    )
    .execute();
}

/** A message whose time has come; `nextAttemptAt` is what a claim must still find. */
export type DueMessage = Pick<PushMessageRow, 'uid' | 'deviceId' | 'id' | 'nextAttemptAt'>;

/** Messages to send now, the longest waiting first. */
export async function findDue(db: Database, now: number, limit: number): Promise<DueMessage[]> {
  return db
    .selectFrom('pushMessages')
    .select(['uid', 'deviceId', 'id', 'nextAttemptAt'])
    .where('nextAttemptAt', '<=', now)
    .orderBy('nextAttemptAt')
    .limit(limit)
    .execute();
}

/** When the next one is due (milliseconds), or undefined. */
export async function findNextAttempt(db: Database): Promise<number | undefined> {
  const row = await db
    .selectFrom('pushMessages')
    .select('nextAttemptAt')
    .orderBy('nextAttemptAt')
    .limit(1)
    .executeTakeFirst();
  return row?.nextAttemptAt;
}

/** Takes a due message for this process until a time, counting the attempt; undefined when another was first. */
export async function claim(db: Database, due: DueMessage, until: number): Promise<PushMessageRow | undefined> {
  return db
    .updateTable('pushMessages')
    .set((eb) => ({ nextAttemptAt: until, attempts: eb('attempts', '+', 1) }))
    .where(keyOf(due))
    .where('nextAttemptAt', '=', due.nextAttemptAt)
    .returningAll()
    .executeTakeFirst();
}

/** Deletes a message that was claimed, unless it was written down anew meanwhile. */
export async function deleteClaimed(db: Database, claimed: PushMessageRow): Promise<void> {
  await db
    .deleteFrom('pushMessages')
    .where(keyOf(claimed))
    .where('nextAttemptAt', '=', claimed.nextAttemptAt)
    .execute();
}

/** Tries a claimed message again later, unless it was written down anew meanwhile. */
export async function postpone(
  db: Database,
  claimed: PushMessageRow,
  nextAttemptAt: number,
  lastError: string,
): Promise<void> {
  await db
    .updateTable('pushMessages')
    .set({ nextAttemptAt, lastError })
    .where(keyOf(claimed))
    .where('nextAttemptAt', '=', claimed.nextAttemptAt)
    .execute();
}

function keyOf({ uid, deviceId, id }: { readonly uid: Bytes; readonly deviceId: Bytes; readonly id: Bytes }) {
  return (eb: ExpressionBuilder<Schema, 'pushMessages'>) => eb.and({ uid, deviceId, id });
}
