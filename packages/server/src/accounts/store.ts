import type { CredentialColumns } from '../credentials/index.js';
import { fromHex, toHex } from '../storage/hex.js';
import type { AccountRow, Database } from '../storage/index.js';

/** An account as operations see it: the row, with its uid as hex. */
export interface Account extends Omit<AccountRow, 'uid'> {
  /** hex, 32 digits */
  readonly uid: string;
}

function toAccount(row: AccountRow | undefined): Account | undefined {
  return row === undefined ? undefined : { ...row, uid: toHex(row.uid) };
}

export async function insertAccount(db: Database, row: AccountRow): Promise<void> {
  await db.insertInto('accounts').values(row).execute();
}

export async function findAccount(db: Database, uid: string): Promise<Account | undefined> {
  return toAccount(await db.selectFrom('accounts').selectAll().where('uid', '=', fromHex(uid)).executeTakeFirst());
}

export async function updateCredentials(
  db: Database,
  uid: string,
  columns: Partial<CredentialColumns> & { keysChangedAt?: number },
): Promise<void> {
  await db.updateTable('accounts').set(columns).where('uid', '=', fromHex(uid)).execute();
}

export async function deleteAccountRow(db: Database, uid: string): Promise<boolean> {
  const result = await db.deleteFrom('accounts').where('uid', '=', fromHex(uid)).executeTakeFirst();
  return result.numDeletedRows > 0n;
}
