import { fromHex } from '../../storage/hex.js';
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

/** The refresh tokens that an account gave to a client. */
export async function readRefreshTokens(db: Database, uid: string, clientId: string): Promise<RefreshTokenRow[]> {
  return db
    .selectFrom('refreshTokens')
    .selectAll()
    .where('uid', '=', fromHex(uid))
    .where('clientId', '=', clientId)
    .execute();
}

/** The newest token of the same client that was made with the same session; undefined when there is none. */
export async function readNewestSibling(db: Database, token: RefreshTokenRow): Promise<RefreshTokenRow | undefined> {
  return db
    .selectFrom('refreshTokens')
    .selectAll()
    .where('uid', '=', token.uid)
    .where('clientId', '=', token.clientId)
    .where('sessionTokenHash', '=', token.sessionTokenHash)
    .where('tokenHash', '!=', token.tokenHash)
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Makes whoever ends a token wait for this transaction. False when it has ended. */
export async function holdRefreshToken(tx: Database, tokenHash: Bytes): Promise<boolean> {
  const result = await tx
    .updateTable('refreshTokens')
    .set((eb) => ({ lastUsedAt: eb.ref('lastUsedAt') }))
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function touchRefreshToken(db: Database, token: RefreshTokenRow, now: number): Promise<void> {
  await setColumns(db, token, { lastUsedAt: now });
}

export async function narrowRefreshToken(db: Database, token: RefreshTokenRow, scope: string): Promise<void> {
  await setColumns(db, token, { scope });
}

async function setColumns(
  db: Database,
  token: RefreshTokenRow,
  columns: Partial<Pick<RefreshTokenRow, 'lastUsedAt' | 'scope'>>,
): Promise<void> {
  await db
    .updateTable('refreshTokens')
    .set(columns)
    .where('uid', '=', token.uid)
    .where('tokenHash', '=', token.tokenHash)
    .execute();
}

/** The scopes (text) of an account's refresh tokens; uid: bytes. */
export async function readGrantedScopes(db: Database, uid: Bytes): Promise<string[]> {
  const rows = await db.selectFrom('refreshTokens').select('scope').where('uid', '=', uid).execute();
  return rows.map(({ scope }) => scope);
}

/** Deletes a token, of this client if one is named, and gives it as it was. True for one caller only. */
export async function takeRefreshToken(
  db: Database,
  tokenHash: Bytes,
  clientId?: string,
): Promise<RefreshTokenRow | undefined> {
  let query = db.deleteFrom('refreshTokens').where('tokenHash', '=', tokenHash);
  if (clientId !== undefined) query = query.where('clientId', '=', clientId);
  return query.returningAll().executeTakeFirst();
}
