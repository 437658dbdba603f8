import { fromHex } from '../../storage/hex.js';
import type { Bytes, Database } from '../../storage/index.js';

/** A token with what its client says about itself. */
export interface TokenOfClient {
  readonly clientId: string;
  readonly clientName: string;
  readonly canGrant: number;
  readonly tokenHash: Bytes;
  /** Space-separated. */
  readonly scope: string;
  readonly createdAt: number;
}

/** The refresh tokens of an account, oldest first. */
export async function readRefreshTokensOf(
  db: Database,
  uid: string,
): Promise<(TokenOfClient & { readonly lastUsedAt: number })[]> {
  return db
    .selectFrom('refreshTokens')
    .innerJoin('oauthClients', 'oauthClients.id', 'refreshTokens.clientId')
    .select([
      'clientId',
      'tokenHash',
      'scope',
      'refreshTokens.createdAt',
      'lastUsedAt',
      'name as clientName',
      'canGrant',
    ])
    .where('uid', '=', fromHex(uid))
    .orderBy('refreshTokens.createdAt')
    .orderBy('tokenHash')
    .execute();
}

/** The stored access tokens of an account that are valid, oldest first. */
export async function readAccessTokensOf(db: Database, uid: string, now: number): Promise<TokenOfClient[]> {
  return db
    .selectFrom('accessTokens')
    .innerJoin('oauthClients', 'oauthClients.id', 'accessTokens.clientId')
    .select(['clientId', 'tokenHash', 'scope', 'accessTokens.createdAt', 'name as clientName', 'canGrant'])
    .where('uid', '=', fromHex(uid))
    .where('expiresAt', '>', now)
    .orderBy('accessTokens.createdAt')
    .orderBy('tokenHash')
    .execute();
}
