import { fromHex } from '../../storage/hex.js';
import type { Bytes, Database, TotpTokenRow } from '../../storage/index.js';

/** The authenticator of an account. */
export interface TotpToken extends Omit<TotpTokenRow, 'uid'> {
  /** hex, 32 digits */
  readonly uid: string;
}

export async function findTotpToken(db: Database, uid: string): Promise<TotpToken | undefined> {
  const row = await db.selectFrom('totpTokens').selectAll().where('uid', '=', fromHex(uid)).executeTakeFirst();
  return row === undefined ? undefined : { ...row, uid };
}

/** False when the account has one already. */
export async function insertTotpToken(db: Database, row: TotpTokenRow): Promise<boolean> {
  const result = await db
    .insertInto('totpTokens')
    .values(row)
    .onConflict((conflict) => conflict.column('uid').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Uses up the codes until a time step. False when one of it or a later one was used, or the secret is another now. */
export async function takeStep(db: Database, token: TotpToken, step: number): Promise<boolean> {
  const result = await db
    .updateTable('totpTokens')
    .set({ lastStep: step })
    .where('uid', '=', fromHex(token.uid))
    .where('sealedSecret', '=', token.sealedSecret)
    .where('lastStep', '<', step)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Puts another secret in the place of the account's. False when it has none. */
export async function replaceSecret(
  db: Database,
  uid: string,
  sealedSecret: Bytes,
  lastStep: number,
): Promise<boolean> {
  const result = await db
    .updateTable('totpTokens')
    .set({ sealedSecret, lastStep })
    .where('uid', '=', fromHex(uid))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** False when there was none. */
export async function deleteTotpToken(db: Database, uid: string): Promise<boolean> {
  const result = await db.deleteFrom('totpTokens').where('uid', '=', fromHex(uid)).executeTakeFirst();
  return result.numDeletedRows > 0n;
}
