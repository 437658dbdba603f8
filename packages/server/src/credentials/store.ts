import { fromHex, toHex } from '../storage/hex.js';
import type { Bytes, Database, KeyFetchTokenRow, PasswordChangeTokenRow } from '../storage/index.js';
import { deletePasswordTokens } from './reset-store.js';

/** A presented keyFetchToken. */
export interface KeyFetchToken {
  /** hex, 32 digits */
  readonly uid: string;
  readonly tokenHash: Bytes;
  readonly reqHMACkey: Bytes;
  /** Bytes, 96: sealed for the holder of the token when it was made. */
  readonly keyBundle: Bytes;
  /** Set while its session is unverified. */
  readonly tokenVerificationId: Bytes | null;
}

/** A presented passwordChangeToken. */
export interface PasswordChangeToken {
  /** hex, 32 digits */
  readonly uid: string;
  readonly tokenHash: Bytes;
  readonly reqHMACkey: Bytes;
  readonly createdAt: number;
}

export async function insertKeyFetchToken(db: Database, row: KeyFetchTokenRow): Promise<void> {
  await db.insertInto('keyFetchTokens').values(row).execute();
}

export async function findKeyFetchToken(db: Database, tokenHash: Bytes): Promise<KeyFetchToken | undefined> {
  const row = await db.selectFrom('keyFetchTokens').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst();
  return row === undefined ? undefined : { ...row, uid: toHex(row.uid) };
}

/** Consumes the token. False when another request was first. */
export async function takeKeyFetchToken(db: Database, token: KeyFetchToken): Promise<boolean> {
  const result = await db
    .deleteFrom('keyFetchTokens')
    .where('uid', '=', fromHex(token.uid))
    .where('tokenHash', '=', token.tokenHash)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Makes the keyFetchTokens usable that were issued with a session (auth-api §1.6). */
export async function markKeyFetchTokensVerified(db: Database, uid: string, tokenVerificationId: Bytes): Promise<void> {
  await db
    .updateTable('keyFetchTokens')
    .set({ tokenVerificationId: null })
    .where('uid', '=', fromHex(uid))
    .where('tokenVerificationId', '=', tokenVerificationId)
    .execute();
}

export async function insertPasswordChangeToken(db: Database, row: PasswordChangeTokenRow): Promise<void> {
  await db.insertInto('passwordChangeTokens').values(row).execute();
}

export async function findPasswordChangeToken(
  db: Database,
  tokenHash: Bytes,
): Promise<PasswordChangeToken | undefined> {
  const row = await db
    .selectFrom('passwordChangeTokens')
    .selectAll()
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, uid: toHex(row.uid) };
}

/** Consumes the token. False when another request was first. */
export async function takePasswordChangeToken(db: Database, token: PasswordChangeToken): Promise<boolean> {
  const result = await db
    .deleteFrom('passwordChangeTokens')
    .where('uid', '=', fromHex(token.uid))
    .where('tokenHash', '=', token.tokenHash)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Deletes every single-use token of an account: after its password changed, and with the account. */
export async function deleteCredentialTokens(db: Database, uid: string): Promise<void> {
  await deletePasswordTokens(db, uid);
  await db.deleteFrom('keyFetchTokens').where('uid', '=', fromHex(uid)).execute();
}
