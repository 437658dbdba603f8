import { type Expression, type SqlBool, sql } from 'kysely';
import { fromHex } from '../../storage/hex.js';
import type { Bytes, Database } from '../../storage/index.js';

/** Names a refresh token that is gone, for what hangs on it. */
export interface DeletedRefreshToken {
  readonly uid: Bytes;
  readonly tokenHash: Bytes;
}

/** Deletes every code and token of an account. */
export async function deleteAccountGrants(db: Database, uid: string): Promise<DeletedRefreshToken[]> {
  return deleteGrants(db, sql<SqlBool>`"uid" = ${fromHex(uid)}`);
}

/** Deletes the codes and tokens that an account gave to public clients and to those that need no code. */
export async function deletePublicGrants(db: Database, uid: string): Promise<DeletedRefreshToken[]> {
  const clients = db
    .selectFrom('oauthClients')
    .select('id')
    .where((client) => client.or([client('publicClient', '=', 1), client('canGrant', '=', 1)]));
  return deleteGrants(db, sql<SqlBool>`"uid" = ${fromHex(uid)} and "clientId" in ${clients}`);
}

/** Deletes every code and token of a client, and what people allowed it and took from it. */
export async function deleteClientGrants(db: Database, clientId: string): Promise<DeletedRefreshToken[]> {
  const deleted = await deleteGrants(db, sql<SqlBool>`"clientId" = ${clientId}`);
  for (const table of RECORDS) await db.deleteFrom(table).where('clientId', '=', clientId).execute();
  return deleted;
}

/** Deletes every code and token that an account gave to a client. */
export async function deleteGrantsTo(db: Database, uid: Bytes, clientId: string): Promise<DeletedRefreshToken[]> {
  return deleteGrants(db, sql<SqlBool>`"uid" = ${uid} and "clientId" = ${clientId}`);
}

/** Deletes the tokens that came from one grant. */
export async function deleteGrant(db: Database, uid: Bytes, grantId: Bytes): Promise<DeletedRefreshToken[]> {
  return deleteTokens(db, sql<SqlBool>`"uid" = ${uid} and "grantId" = ${grantId}`);
}

/** What is remembered about grants beside the grants themselves. */
const RECORDS = ['authorizations', 'revokedScopes', 'exchangedTokens'] as const;

/** Deletes what an account allowed and took back. */
export async function deleteAccountRecords(db: Database, uid: string): Promise<void> {
  for (const table of RECORDS) await db.deleteFrom(table).where('uid', '=', fromHex(uid)).execute();
}

/** Deletes codes and access tokens of a client with one of these exact scope strings. */
export async function deleteGrantsOfScopes(
  db: Database,
  uid: string,
  clientId: string,
  scopes: readonly string[],
): Promise<void> {
  if (scopes.length === 0) return;
  for (const table of ['oauthCodes', 'accessTokens'] as const) {
    await db
      .deleteFrom(table)
      .where('uid', '=', fromHex(uid))
      .where('clientId', '=', clientId)
      .where('scope', 'in', scopes)
      .execute();
  }
}

/** The scope strings that codes and access tokens of a client have, each once. */
export async function readScopesInUse(db: Database, uid: string, clientId: string): Promise<string[]> {
  const scopes = new Set<string>();
  for (const table of ['oauthCodes', 'accessTokens'] as const) {
    const rows = await db
      .selectFrom(table)
      .select('scope')
      .distinct()
      .where('uid', '=', fromHex(uid))
      .where('clientId', '=', clientId)
      .execute();
    for (const { scope } of rows) scopes.add(scope);
  }
  return [...scopes];
}

/** Deletes the access tokens of one grant. */
export async function deleteAccessTokensOf(db: Database, uid: Bytes, grantId: Bytes): Promise<void> {
  await db.deleteFrom('accessTokens').where('uid', '=', uid).where('grantId', '=', grantId).execute();
}

/**
 * What makes tokens goes before what is made, everywhere. A token that is issued meanwhile is then either refused, because
 * what it comes from is gone, or seen by the later statement.
 */
async function deleteGrants(db: Database, where: Expression<SqlBool>): Promise<DeletedRefreshToken[]> {
  await db.deleteFrom('oauthCodes').where(where).execute();
  return deleteTokens(db, where);
}

async function deleteTokens(db: Database, where: Expression<SqlBool>): Promise<DeletedRefreshToken[]> {
  const deleted = await db.deleteFrom('refreshTokens').where(where).returning(['uid', 'tokenHash']).execute();
  await db.deleteFrom('accessTokens').where(where).execute();
  return deleted;
}
