import type { Bytes, Database, OAuthCodeRow } from '../../storage/index.js';

export async function insertCode(db: Database, row: OAuthCodeRow): Promise<void> {
  await db.insertInto('oauthCodes').values(row).execute();
}

export async function readCode(db: Database, codeHash: Bytes): Promise<OAuthCodeRow | undefined> {
  return db.selectFrom('oauthCodes').selectAll().where('codeHash', '=', codeHash).executeTakeFirst();
}

/**
 * Marks a code as redeemed. True for exactly one caller: of redemptions at the same time, and of a redemption and the
 * removal of the code.
 */
export async function markRedeemed(db: Database, code: OAuthCodeRow, now: number): Promise<boolean> {
  const result = await db
    .updateTable('oauthCodes')
    .set({ redeemedAt: now })
    .where('uid', '=', code.uid)
    .where('codeHash', '=', code.codeHash)
    .where('redeemedAt', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
