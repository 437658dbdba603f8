import type { CredentialColumns } from '../credentials/index.js';
import { fromHex, toHex } from '../storage/hex.js';
import { type AccountRow, type Bytes, type Database, prepare } from '../storage/index.js';

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

const selectByUid = prepare((db, uid: Bytes) => db.selectFrom('accounts').selectAll().where('uid', '=', uid));

export async function findAccount(db: Database, uid: string): Promise<Account | undefined> {
  return toAccount((await selectByUid(db, fromHex(uid))).rows[0]);
}

/** What a new password changes in an account. */
export type PasswordColumns = Partial<CredentialColumns & Pick<AccountRow, 'keysChangedAt' | 'lockedAt'>>;

/** Sets columns of a new password, whatever the old one was. False when the account is gone. */
export async function updateCredentials(db: Database, uid: string, columns: PasswordColumns): Promise<boolean> {
  const result = await db.updateTable('accounts').set(columns).where('uid', '=', fromHex(uid)).executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/**
 * The same where the password is still the one that was checked: every new one has a salt of its own. False when another
 * request changed it meanwhile.
 */
export async function replaceCredentials(
  db: Database,
  account: Pick<Account, 'uid' | 'authSalt'>,
  columns: PasswordColumns,
): Promise<boolean> {
  const result = await db
    .updateTable('accounts')
    .set(columns)
    .where('uid', '=', fromHex(account.uid))
    .where('authSalt', '=', account.authSalt)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Applications that keep a copy of the profile must fetch it again. */
export async function markProfileChanged(db: Database, uid: string, now: number): Promise<void> {
  await db.updateTable('accounts').set({ profileChangedAt: now }).where('uid', '=', fromHex(uid)).execute();
}

/** When the person refused the collection of usage data (milliseconds), or null when it is allowed. */
export async function setMetricsOptOut(db: Database, uid: string, metricsOptOutAt: number | null): Promise<void> {
  await db.updateTable('accounts').set({ metricsOptOutAt }).where('uid', '=', fromHex(uid)).execute();
}

/** In which languages its person wants to read (`Accept-Language`); null where that was never said. */
export async function findLocale(db: Database, uid: string): Promise<string | null> {
  const row = await db.selectFrom('accounts').select('locale').where('uid', '=', fromHex(uid)).executeTakeFirst();
  return row?.locale ?? null;
}

export async function setLocale(db: Database, uid: string, locale: string): Promise<void> {
  await db.updateTable('accounts').set({ locale }).where('uid', '=', fromHex(uid)).execute();
}

export async function deleteAccountRow(db: Database, uid: string): Promise<boolean> {
  const result = await db.deleteFrom('accounts').where('uid', '=', fromHex(uid)).executeTakeFirst();
  return result.numDeletedRows > 0n;
}
