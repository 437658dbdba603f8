import type { Bytes, Database, RefreshTokenRow } from '../../storage/index.js';

export async function insertRefreshToken(db: Database, row: RefreshTokenRow): Promise<void> {
  await db.insertInto('refreshTokens').values(row).execute();
}

export async function readRefreshToken(db: Database, tokenHash: Bytes): Promise<RefreshTokenRow | undefined> {
  return db.selectFrom('refreshTokens').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst();
}

export async function touchRefreshToken(db: Database, token: RefreshTokenRow, now: number): Promise<void> {
  await db
    .updateTable('refreshTokens')
    .set({ lastUsedAt: now })
    .where('uid', '=', token.uid)
    .where('tokenHash', '=', token.tokenHash)
    .execute();
}

/** The scopes (text) of an account's refresh tokens; uid: bytes. */
export async function readGrantedScopes(db: Database, uid: Bytes): Promise<string[]> {
  const rows = await db.selectFrom('refreshTokens').select('scope').where('uid', '=', uid).execute();
  return rows.map(({ scope }) => scope);
}
