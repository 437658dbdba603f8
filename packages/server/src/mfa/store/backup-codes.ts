import { fromHex } from '../../storage/hex.js';
import type { Bytes, Database } from '../../storage/index.js';

/**
 * Puts a set of codes in the place of the one before. Slot by slot and in order, so that of two sets at once one is
 * kept and not both.
 */
export async function replaceCodes(db: Database, uid: string, hashes: readonly Bytes[], now: number): Promise<void> {
  const rows = hashes.map((codeHash, slot) => ({ uid: fromHex(uid), slot, codeHash, createdAt: now }));
  await db
    .insertInto('backupCodes')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['uid', 'slot'])
        .doUpdateSet((eb) => ({ codeHash: eb.ref('excluded.codeHash'), createdAt: now })),
    )
    .execute();
  await db.deleteFrom('backupCodes').where('uid', '=', fromHex(uid)).where('slot', '>=', rows.length).execute();
}

/** Consumes a code. False when it is none, or another request was first. */
export async function takeCode(db: Database, uid: string, codeHash: Bytes): Promise<boolean> {
  const result = await db
    .deleteFrom('backupCodes')
    .where('uid', '=', fromHex(uid))
    .where('codeHash', '=', codeHash)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function countCodes(db: Database, uid: string): Promise<number> {
  const row = await db
    .selectFrom('backupCodes')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('uid', '=', fromHex(uid))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function deleteCodes(db: Database, uid: string): Promise<void> {
  await db.deleteFrom('backupCodes').where('uid', '=', fromHex(uid)).execute();
}
