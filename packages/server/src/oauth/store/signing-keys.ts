import type { Database, SigningKeyRow } from '../../storage/index.js';

/** The keys that verifiers may need at a moment, oldest first. */
export async function readPublishedKeys(db: Database, now: number): Promise<SigningKeyRow[]> {
  return db
    .selectFrom('signingKeys')
    .selectAll()
    .where((key) => key.or([key('retiredUntil', 'is', null), key('retiredUntil', '>', now)]))
    .orderBy('activeFrom')
    .orderBy('kid')
    .execute();
}

/** Adds a key. False when another process took the kid first. */
export async function insertSigningKey(db: Database, row: SigningKeyRow): Promise<boolean> {
  const result = await db
    .insertInto('signingKeys')
    .values(row)
    .onConflict((conflict) => conflict.column('kid').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Lets all keys but one leave the published set at a moment, or earlier where they already do. */
export async function retireOtherKeys(db: Database, kid: string, retiredUntil: number): Promise<void> {
  await db
    .updateTable('signingKeys')
    .set({ retiredUntil })
    .where('kid', '!=', kid)
    .where((key) => key.or([key('retiredUntil', 'is', null), key('retiredUntil', '>', retiredUntil)]))
    .execute();
}
