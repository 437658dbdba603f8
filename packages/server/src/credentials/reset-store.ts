import { fromHex, toHex } from '../storage/hex.js';
import type {
  AccountResetTokenRow,
  Bytes,
  Database,
  PasswordForgotOtpRow,
  PasswordForgotTokenRow,
} from '../storage/index.js';

/** A presented passwordForgotToken. */
export interface PasswordForgotToken extends Omit<PasswordForgotTokenRow, 'uid'> {
  /** hex, 32 digits */
  readonly uid: string;
}

/** A presented accountResetToken. */
export interface AccountResetToken extends Omit<AccountResetTokenRow, 'uid'> {
  /** hex, 32 digits */
  readonly uid: string;
}

export async function insertPasswordForgotToken(db: Database, row: PasswordForgotTokenRow): Promise<void> {
  await db.insertInto('passwordForgotTokens').values(row).execute();
}

export async function findPasswordForgotToken(
  db: Database,
  tokenHash: Bytes,
): Promise<PasswordForgotToken | undefined> {
  const row = await db
    .selectFrom('passwordForgotTokens')
    .selectAll()
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, uid: toHex(row.uid) };
}

/** Remembers a second factor that was proven with the token; numbers of auth-api §5.1. False when the token is gone. */
export async function markPasswordForgotToken(
  db: Database,
  token: PasswordForgotToken,
  verificationMethod: number,
): Promise<boolean> {
  const result = await db
    .updateTable('passwordForgotTokens')
    .set({ verificationMethod })
    .where('uid', '=', fromHex(token.uid))
    .where('tokenHash', '=', token.tokenHash)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Consumes the token; gives the second factor that it carried, or undefined when it is gone. */
export async function takePasswordForgotToken(
  db: Database,
  token: PasswordForgotToken,
): Promise<Pick<PasswordForgotTokenRow, 'verificationMethod'> | undefined> {
  return db
    .deleteFrom('passwordForgotTokens')
    .where('uid', '=', fromHex(token.uid))
    .where('tokenHash', '=', token.tokenHash)
    .returning('verificationMethod')
    .executeTakeFirst();
}

/** Counts a wrong code; the last one ends the token. Gives the number left, or undefined when the token is gone. */
export async function countWrongForgotCode(db: Database, token: PasswordForgotToken): Promise<number | undefined> {
  const row = await db
    .updateTable('passwordForgotTokens')
    .set((eb) => ({ tries: eb('tries', '-', 1) }))
    .where('uid', '=', fromHex(token.uid))
    .where('tokenHash', '=', token.tokenHash)
    .returning('tries')
    .executeTakeFirst();
  if (row !== undefined && row.tries <= 0) await takePasswordForgotToken(db, token);
  return row?.tries;
}

/** Stores the digits of an account in place of those before. */
export async function putPasswordForgotOtp(db: Database, row: PasswordForgotOtpRow): Promise<void> {
  const { uid: _, ...columns } = row;
  await db
    .insertInto('passwordForgotOtps')
    .values(row)
    .onConflict((conflict) => conflict.column('uid').doUpdateSet(columns))
    .execute();
}

/** Consumes the digits of an account if they are these and younger than `since`. False when they are not. */
export async function takePasswordForgotOtp(
  db: Database,
  uid: string,
  codeHash: Bytes,
  since: number,
): Promise<boolean> {
  const result = await db
    .deleteFrom('passwordForgotOtps')
    .where('uid', '=', fromHex(uid))
    .where('codeHash', '=', codeHash)
    .where('createdAt', '>', since)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Counts wrong digits; the last ones end the code. */
export async function countWrongForgotOtp(db: Database, uid: string): Promise<void> {
  const row = await db
    .updateTable('passwordForgotOtps')
    .set((eb) => ({ tries: eb('tries', '-', 1) }))
    .where('uid', '=', fromHex(uid))
    .returning('tries')
    .executeTakeFirst();
  if (row !== undefined && row.tries <= 0) await deletePasswordForgotOtp(db, uid);
}

async function deletePasswordForgotOtp(db: Database, uid: string): Promise<void> {
  await db.deleteFrom('passwordForgotOtps').where('uid', '=', fromHex(uid)).execute();
}

export async function insertAccountResetToken(db: Database, row: AccountResetTokenRow): Promise<void> {
  await db.insertInto('accountResetTokens').values(row).execute();
}

export async function findAccountResetToken(db: Database, tokenHash: Bytes): Promise<AccountResetToken | undefined> {
  const row = await db
    .selectFrom('accountResetTokens')
    .selectAll()
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, uid: toHex(row.uid) };
}

/** Consumes the token. False when another request was first. */
export async function takeAccountResetToken(db: Database, token: AccountResetToken): Promise<boolean> {
  const result = await db
    .deleteFrom('accountResetTokens')
    .where('uid', '=', fromHex(token.uid))
    .where('tokenHash', '=', token.tokenHash)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Deletes what could still set a password: unfinished changes and resets, and the codes that begin one. */
export async function deletePasswordTokens(db: Database, uid: string): Promise<void> {
  await deletePasswordForgotOtp(db, uid);
  for (const table of ['passwordForgotTokens', 'accountResetTokens', 'passwordChangeTokens'] as const) {
    await db.deleteFrom(table).where('uid', '=', fromHex(uid)).execute();
  }
}
