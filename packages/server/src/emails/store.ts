import { normalizeEmail } from '@foxden/protocol';
import { fromHex, toHex } from '../storage/hex.js';
import type { Bytes, Database, EmailRow } from '../storage/index.js';

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

function toEmail(row: EmailRow | undefined): Email | undefined {
  if (row === undefined) return undefined;
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
  return toEmail(
    await db.selectFrom('emails').selectAll().where('normalizedEmail', '=', normalizeEmail(email)).executeTakeFirst(),
  );
}

export async function findPrimaryEmail(db: Database, uid: string): Promise<Email | undefined> {
  return toEmail(
    await db
      .selectFrom('emails')
      .selectAll()
      .where('uid', '=', fromHex(uid))
      .where('isPrimary', '=', 1)
      .executeTakeFirst(),
  );
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

export async function deleteEmails(db: Database, uid: string): Promise<void> {
  await db.deleteFrom('emails').where('uid', '=', fromHex(uid)).execute();
}
