import { fromHex } from '../../storage/hex.js';
import type { Bytes, Database } from '../../storage/index.js';

/**
 * In this order everywhere: what makes tokens goes before what is made. A token that is issued meanwhile is then either
 * refused, because what it comes from is gone, or seen by the later statement.
 */
const TABLES = ['oauthCodes', 'refreshTokens', 'accessTokens'] as const;

/** Deletes every code and token of an account. */
export async function deleteAccountGrants(db: Database, uid: string): Promise<void> {
  for (const table of TABLES) await db.deleteFrom(table).where('uid', '=', fromHex(uid)).execute();
}

/** Deletes the codes and tokens that an account gave to public clients and to those that need no code. */
export async function deletePublicGrants(db: Database, uid: string): Promise<void> {
  for (const table of TABLES) {
    await db
      .deleteFrom(table)
      .where('uid', '=', fromHex(uid))
      .where('clientId', 'in', (query) =>
        query
          .selectFrom('oauthClients')
          .select('id')
          .where((client) => client.or([client('publicClient', '=', 1), client('canGrant', '=', 1)])),
      )
      .execute();
  }
}

/** Deletes every code and token of a client. */
export async function deleteClientGrants(db: Database, clientId: string): Promise<void> {
  for (const table of TABLES) await db.deleteFrom(table).where('clientId', '=', clientId).execute();
}

/** Deletes the tokens that came from one grant. */
export async function deleteGrant(db: Database, uid: Bytes, grantId: Bytes): Promise<void> {
  for (const table of ['refreshTokens', 'accessTokens'] as const) {
    await db.deleteFrom(table).where('uid', '=', uid).where('grantId', '=', grantId).execute();
  }
}

/** Deletes one refresh token, of this client if one is named, with the access tokens of its grant. */
export async function deleteRefreshToken(db: Database, tokenHash: Bytes, clientId?: string): Promise<boolean> {
  let query = db.deleteFrom('refreshTokens').where('tokenHash', '=', tokenHash).returning(['uid', 'grantId']);
  if (clientId !== undefined) query = query.where('clientId', '=', clientId);
  const deleted = await query.executeTakeFirst();
  if (deleted === undefined) return false;
  if (deleted.grantId !== null) {
    await db.deleteFrom('accessTokens').where('uid', '=', deleted.uid).where('grantId', '=', deleted.grantId).execute();
  }
  return true;
}
