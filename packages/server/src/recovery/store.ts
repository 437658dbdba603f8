import { fromHex } from '../storage/hex.js';
import type { Bytes, Database, RecoveryKeyRow } from '../storage/index.js';

export async function findRecoveryKey(db: Database, uid: string): Promise<RecoveryKeyRow | undefined> {
  return db.selectFrom('recoveryKeys').selectAll().where('uid', '=', fromHex(uid)).executeTakeFirst();
}

/** Stores a key where the account has none in use, or in place of any if `replace`. False when there is one in use. */
export async function putRecoveryKey(db: Database, row: RecoveryKeyRow, replace: boolean): Promise<boolean> {
  const { uid: _, ...columns } = row;
  const stored = await db
    .insertInto('recoveryKeys')
    .values(row)
    .onConflict((conflict) => {
      const update = conflict.column('uid').doUpdateSet(columns);
      return replace ? update : update.where('recoveryKeys.enabled', '=', 0);
    })
    .returning('enabled')
    .executeTakeFirst();
  return stored !== undefined;
}

/** False when the account has no such key that waits to be enabled. */
export async function enableRecoveryKey(db: Database, uid: string, keyIdHash: Bytes): Promise<boolean> {
  const result = await db
    .updateTable('recoveryKeys')
    .set({ enabled: 1 })
    .where('uid', '=', fromHex(uid))
    .where('keyIdHash', '=', keyIdHash)
    .where('enabled', '=', 0)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** False when the account has no key. */
export async function setRecoveryKeyHint(db: Database, uid: string, hint: string): Promise<boolean> {
  const result = await db.updateTable('recoveryKeys').set({ hint }).where('uid', '=', fromHex(uid)).executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Deletes the key of an account. False when it had none. */
export async function deleteRecoveryKey(db: Database, uid: string): Promise<boolean> {
  const result = await db.deleteFrom('recoveryKeys').where('uid', '=', fromHex(uid)).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Deletes this one key. False when the account has it no more. */
export async function deleteRecoveryKeyById(db: Database, uid: string, keyIdHash: Bytes): Promise<boolean> {
  const result = await db
    .deleteFrom('recoveryKeys')
    .where('uid', '=', fromHex(uid))
    .where('keyIdHash', '=', keyIdHash)
    .where('enabled', '=', 1)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
