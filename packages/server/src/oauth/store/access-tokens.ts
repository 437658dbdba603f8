import {
  type AccessTokenRow,
  type Bytes,
  type Database,
  prepare,
  type RefreshTokenRow,
  type Storage,
} from '../../storage/index.js';

export async function insertAccessToken(db: Database, row: AccessTokenRow): Promise<void> {
  await db.insertInto('accessTokens').values(row).execute();
}

/** Where writers do not exclude each other, the row of the refresh token is held until the access token is committed. */
const insertFromRefreshToken = { sqlite: insertFrom({ hold: false }), postgres: insertFrom({ hold: true }) };

function insertFrom({ hold }: { hold: boolean }) {
  return prepare(
    (db, from: Bytes, held: string, tokenHash: Bytes, scope: string, createdAt: number, expiresAt: number) =>
      db
        .insertInto('accessTokens')
        .columns(['uid', 'tokenHash', 'clientId', 'scope', 'createdAt', 'expiresAt', 'grantId'])
        .expression((query) =>
          query
            .selectFrom('refreshTokens')
            .select((columns) => [
              'uid',
              columns.val(tokenHash).as('tokenHash'),
              'clientId',
              columns.val(scope).as('scope'),
              columns.val(createdAt).as('createdAt'),
              columns.val(expiresAt).as('expiresAt'),
              'grantId',
            ])
            .where('tokenHash', '=', from)
            .where('scope', '=', held)
            .$if(hold, (select) => select.forShare()),
        ),
  );
}

/**
 * Stores an access token only if the refresh token it comes from still is what it was, in one statement: a revocation that
 * runs at the same time, of the token or of one of its scopes, cannot leave an access token behind, as it deletes those
 * last. False when it is not.
 */
export async function insertRefreshedAccessToken(
  storage: Storage,
  row: AccessTokenRow,
  refreshToken: RefreshTokenRow,
): Promise<boolean> {
  const { tokenHash, scope, createdAt, expiresAt } = row;
  const insert = insertFromRefreshToken[storage.engine];
  const result = await insert(
    storage.db,
    refreshToken.tokenHash,
    refreshToken.scope,
    tokenHash,
    scope,
    createdAt,
    expiresAt,
  );
  return result.numAffectedRows === 1n;
}

const selectByTokenHash = prepare((db, tokenHash: Bytes) =>
  db
    .selectFrom('accessTokens')
    .select(['uid', 'clientId', 'scope', 'createdAt', 'expiresAt'])
    .where('tokenHash', '=', tokenHash),
);

export async function readAccessToken(
  db: Database,
  tokenHash: Bytes,
): Promise<Pick<AccessTokenRow, 'uid' | 'clientId' | 'scope' | 'createdAt' | 'expiresAt'> | undefined> {
  return (await selectByTokenHash(db, tokenHash)).rows[0];
}

/** Deletes a token, of this client if one is named. False when there is none. */
export async function deleteAccessToken(db: Database, tokenHash: Bytes, clientId?: string): Promise<boolean> {
  let query = db.deleteFrom('accessTokens').where('tokenHash', '=', tokenHash);
  if (clientId !== undefined) query = query.where('clientId', '=', clientId);
  return (await query.executeTakeFirst()).numDeletedRows > 0n;
}
