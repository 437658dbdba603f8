import type { AccessTokenRow, Bytes, Database, RefreshTokenRow, Storage } from '../../storage/index.js';

export async function insertAccessToken(db: Database, row: AccessTokenRow): Promise<void> {
  await db.insertInto('accessTokens').values(row).execute();
}

/**
 * Stores an access token only if the refresh token it comes from still is what it was, in one statement: a revocation that
 * runs at the same time, of the token or of one of its scopes, cannot leave an access token behind. False when it is not.
 */
export async function insertRefreshedAccessToken(
  storage: Storage,
  row: AccessTokenRow,
  refreshToken: RefreshTokenRow,
): Promise<boolean> {
  const result = await storage.db
    .insertInto('accessTokens')
    .columns(['uid', 'tokenHash', 'clientId', 'scope', 'createdAt', 'expiresAt', 'grantId'])
    .expression((query) =>
      query
        .selectFrom('refreshTokens')
        .select((columns) => [
          'uid',
          columns.val(row.tokenHash).as('tokenHash'),
          'clientId',
          columns.val(row.scope).as('scope'),
          columns.val(row.createdAt).as('createdAt'),
          columns.val(row.expiresAt).as('expiresAt'),
          'grantId',
        ])
        .where('tokenHash', '=', refreshToken.tokenHash)
        .where('scope', '=', refreshToken.scope)
        // Where writers do not exclude each other, the row is held until this is committed. A revocation waits for it,
        // and then finds the access token, as it deletes those last.
        .$if(storage.engine === 'postgres', (select) => select.forShare()),
    )
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function readAccessToken(db: Database, tokenHash: Bytes): Promise<AccessTokenRow | undefined> {
  return db.selectFrom('accessTokens').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst();
}

/** Deletes a token, of this client if one is named. False when there is none. */
export async function deleteAccessToken(db: Database, tokenHash: Bytes, clientId?: string): Promise<boolean> {
  let query = db.deleteFrom('accessTokens').where('tokenHash', '=', tokenHash);
  if (clientId !== undefined) query = query.where('clientId', '=', clientId);
  return (await query.executeTakeFirst()).numDeletedRows > 0n;
}
