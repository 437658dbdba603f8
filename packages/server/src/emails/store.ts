import { normalizeEmail } from '@foxden/protocol';
import { fromHex, toHex } from '../storage/hex.js';
import { type Bytes, type Database, type EmailRow, prepare } from '../storage/index.js';

/** An address of an account. */
export interface Email {
  /** hex, 32 digits */
  readonly uid: string;
  readonly email: string;
  readonly isPrimary: boolean;
  readonly isVerified: boolean;
  /** The link code that verifies it; the digits of sign-up mails are made from it. */
  readonly emailCode: Bytes;
}

function toEmail(row: EmailRow): Email {
  return {
    uid: toHex(row.uid),
    email: row.email,
    isPrimary: row.isPrimary === 1,
    isVerified: row.isVerified === 1,
    emailCode: row.emailCode,
  };
}

export async function insertEmail(db: Database, row: EmailRow): Promise<void> {
  await db.insertInto('emails').values(row).execute();
}

/** Whose address this is, in whatever spelling. */
export async function findEmail(db: Database, email: string): Promise<Email | undefined> {
  const row = await db
    .selectFrom('emails')
    .selectAll()
    .where('normalizedEmail', '=', normalizeEmail(email))
    .executeTakeFirst();
  return row && toEmail(row);
}

const selectPrimary = prepare((db, uid: Bytes) =>
  db.selectFrom('emails').selectAll().where('uid', '=', uid).where('isPrimary', '=', 1),
);

export async function findPrimaryEmail(db: Database, uid: string): Promise<Email | undefined> {
  const [row] = (await selectPrimary(db, fromHex(uid))).rows;
  return row && toEmail(row);
}

/** All addresses of an account, the primary one first. */
export async function findEmails(db: Database, uid: string): Promise<Email[]> {
  const rows = await db
    .selectFrom('emails')
    .selectAll()
    .where('uid', '=', fromHex(uid))
    .orderBy('isPrimary', 'desc')
    .orderBy('normalizedEmail')
    .execute();
  return rows.map(toEmail);
}

/** Marks an address as its owner's. False when it was already. */
export async function markEmailVerified(db: Database, email: Email, now: number): Promise<boolean> {
  const result = await db
    .updateTable('emails')
    .set({ isVerified: 1, verifiedAt: now })
    .where('uid', '=', fromHex(email.uid))
    .where('normalizedEmail', '=', normalizeEmail(email.email))
    .where('isVerified', '=', 0)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Takes a second address off its account; never the primary one. Gives it as it was, or undefined. */
export async function deleteSecondaryEmail(db: Database, uid: string, email: string): Promise<Email | undefined> {
  const row = await db
    .deleteFrom('emails')
    .where('uid', '=', fromHex(uid))
    .where('normalizedEmail', '=', normalizeEmail(email))
    .where('isPrimary', '=', 0)
    .returningAll()
    .executeTakeFirst();
  return row && toEmail(row);
}

/** Makes a verified address the primary one in place of another. False, and nothing done, when it is not there. */
export async function swapPrimaryEmail(db: Database, uid: string, email: string): Promise<boolean> {
  const ofAccount = db.updateTable('emails').where('uid', '=', fromHex(uid));
  const raised = await ofAccount
    .set({ isPrimary: 1 })
    .where('normalizedEmail', '=', normalizeEmail(email))
    .where('isVerified', '=', 1)
    .executeTakeFirst();
  if (raised.numUpdatedRows === 0n) return false;
  await ofAccount
    .set({ isPrimary: 0 })
    .where('normalizedEmail', '!=', normalizeEmail(email))
    .where('isPrimary', '=', 1)
    .execute();
  return true;
}

export async function deleteEmails(db: Database, uid: string): Promise<void> {
  await db.deleteFrom('emailReservations').where('uid', '=', fromHex(uid)).execute();
  await db.deleteFrom('emails').where('uid', '=', fromHex(uid)).execute();
}
