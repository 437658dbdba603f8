import { type SqlBool, sql } from 'kysely';
import { fromHex } from '../storage/hex.js';
import { type Bytes, type Database, prune, type UnblockCodeRow } from '../storage/index.js';

export async function insertUnblockCode(db: Database, row: UnblockCodeRow): Promise<void> {
  await db.insertInto('unblockCodes').values(row).execute();
}

/** Consumes a code made after a moment (milliseconds). False when there is none, or another request had it. */
export async function takeUnblockCode(db: Database, uid: string, codeHash: Bytes, after: number): Promise<boolean> {
  const result = await db
    .deleteFrom('unblockCodes')
    .where('uid', '=', fromHex(uid))
    .where('codeHash', '=', codeHash)
    .where('createdAt', '>', after)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function deleteUnblockCodes(db: Database, uid: string): Promise<void> {
  await db.deleteFrom('unblockCodes').where('uid', '=', fromHex(uid)).execute();
}

export function deleteExpiredUnblockCodes(db: Database, before: number): Promise<number> {
  return prune(db, 'unblockCodes', ['uid', 'codeHash'], sql<SqlBool>`"createdAt" <= ${before}`);
}
