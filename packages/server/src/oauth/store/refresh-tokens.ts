import { type Bytes, type Database, prepare, type RefreshTokenRow } from '../../storage/index.js';

export async function insertRefreshToken(db: Database, row: RefreshTokenRow): Promise<void> {
  await db.insertInto('refreshTokens').values(row).execute();
}

const selectByTokenHash = prepare((db, tokenHash: Bytes) =>
  db.selectFrom('refreshTokens').selectAll().where('tokenHash', '=', tokenHash),
);

export async function readRefreshToken(db: Database, tokenHash: Bytes): Promise<RefreshTokenRow | undefined> {
  return (await selectByTokenHash(db, tokenHash)).rows[0];
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
