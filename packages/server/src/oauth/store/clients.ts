import { parseScope } from '@foxden/protocol';
import type { Database, OAuthClientRow } from '../../storage/index.js';
import type { OAuthClient } from '../client.js';
import { scopeText } from '../scope-text.js';

function toClient(row: OAuthClientRow): OAuthClient {
  return {
    id: row.id,
    name: row.name,
    hashedSecret: row.hashedSecret,
    hashedSecretPrevious: row.hashedSecretPrevious,
    imageUri: row.imageUri,
    redirectUris: JSON.parse(row.redirectUris) as string[],
    postLogoutRedirectUris: JSON.parse(row.postLogoutRedirectUris ?? '[]') as string[],
    trusted: row.trusted === 1,
    canGrant: row.canGrant === 1,
    publicClient: row.publicClient === 1,
    allowedScopes: parseScope(row.allowedScopes),
    pairwise: row.pairwise === 1,
  };
}

function toRow(client: OAuthClient): Omit<OAuthClientRow, 'createdAt' | 'origin'> {
  return {
    id: client.id,
    name: client.name,
    hashedSecret: client.hashedSecret,
    hashedSecretPrevious: client.hashedSecretPrevious,
    imageUri: client.imageUri,
    redirectUris: JSON.stringify(client.redirectUris),
    postLogoutRedirectUris: JSON.stringify(client.postLogoutRedirectUris),
    trusted: client.trusted ? 1 : 0,
    canGrant: client.canGrant ? 1 : 0,
    publicClient: client.publicClient ? 1 : 0,
    allowedScopes: scopeText(client.allowedScopes),
    pairwise: client.pairwise ? 1 : 0,
  };
}

export async function readClient(db: Database, id: string): Promise<OAuthClient | undefined> {
  const row = await db.selectFrom('oauthClients').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : toClient(row);
}

export async function readClients(db: Database): Promise<OAuthClient[]> {
  const rows = await db.selectFrom('oauthClients').selectAll().orderBy('createdAt').orderBy('id').execute();
  return rows.map(toClient);
}

/** Adds an operator's client. False when the id is taken. */
export async function insertClient(db: Database, client: OAuthClient, createdAt: number): Promise<boolean> {
  const result = await db
    .insertInto('oauthClients')
    .values({ ...toRow(client), origin: 'operator', createdAt })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Adds a client, or makes the one of that id what is given. */
export async function putClient(
  db: Database,
  client: OAuthClient,
  origin: OAuthClientRow['origin'],
  createdAt: number,
): Promise<void> {
  const { id, ...columns } = { ...toRow(client), origin };
  await db
    .insertInto('oauthClients')
    .values({ id, ...columns, createdAt })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute();
}

/** Ids of the clients that the file of clients brought in. */
export async function readFileClientIds(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('oauthClients').select('id').where('origin', '=', 'file').execute();
  return rows.map(({ id }) => id);
}

/** False when there was none. */
export async function deleteClientRow(db: Database, id: string): Promise<boolean> {
  const result = await db.deleteFrom('oauthClients').where('id', '=', id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}
