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

/** Applications that keep a copy of the profile must fetch it again. */
export async function markProfileChanged(db: Database, uid: string, now: number): Promise<void> {
  await db.updateTable('accounts').set({ profileChangedAt: now }).where('uid', '=', fromHex(uid)).execute();
}

/**
 * Makes everybody else who changes what hangs on an account wait for this transaction, so that nothing is stored for an
 * account whose password changes, or that goes, at the same moment. On SQLite that is so already.
 * @returns false when there is no such account
 */
export async function holdAccount(tx: Database, uid: string): Promise<boolean> {
  const result = await tx
    .updateTable('accounts')
    .set((eb) => ({ verifierSetAt: eb.ref('verifierSetAt') }))
    .where('uid', '=', fromHex(uid))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function deleteAccountRow(db: Database, uid: string): Promise<boolean> {
  const result = await db.deleteFrom('accounts').where('uid', '=', fromHex(uid)).executeTakeFirst();
  return result.numDeletedRows > 0n;
}
