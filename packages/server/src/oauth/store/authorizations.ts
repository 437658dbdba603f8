import { fromHex } from '../../storage/hex.js';
import type { AuthorizationRow, Database, RevokedScopeRow } from '../../storage/index.js';

/** Everything that an account allowed, to one client if one is named; in the order of client and service. */
export async function readAuthorizations(db: Database, uid: string, clientId?: string): Promise<AuthorizationRow[]> {
  let query = db.selectFrom('authorizations').selectAll().where('uid', '=', fromHex(uid));
  if (clientId !== undefined) query = query.where('clientId', '=', clientId);
  return query.orderBy('clientId').orderBy('service').execute();
}

/** Adds a record, or makes the one of that key what is given; its creation stays. */
export async function putAuthorization(db: Database, row: AuthorizationRow): Promise<void> {
  const { scope, authorizedAt } = row;
  await db
    .insertInto('authorizations')
    .values(row)
    .onConflict((conflict) => conflict.columns(['uid', 'clientId', 'service']).doUpdateSet({ scope, authorizedAt }))
    .execute();
}

export async function deleteAuthorization(db: Database, row: AuthorizationRow): Promise<void> {
  await db
    .deleteFrom('authorizations')
    .where('uid', '=', row.uid)
    .where('clientId', '=', row.clientId)
    .where('service', '=', row.service)
    .execute();
}

/** Deletes everything that an account allowed to a client. */
export async function deleteAuthorizations(db: Database, uid: string, clientId: string): Promise<void> {
  await db.deleteFrom('authorizations').where('uid', '=', fromHex(uid)).where('clientId', '=', clientId).execute();
}

export async function readRevokedScopes(db: Database, uid: string, clientId: string): Promise<RevokedScopeRow[]> {
  return db
    .selectFrom('revokedScopes')
    .selectAll()
    .where('uid', '=', fromHex(uid))
    .where('clientId', '=', clientId)
    .execute();
}

/** Adds a scope to those taken away; of two times the later one stands. */
export async function putRevokedScope(db: Database, row: RevokedScopeRow): Promise<void> {
  await db
    .insertInto('revokedScopes')
    .values(row)
    .onConflict((conflict) => conflict.columns(['uid', 'clientId', 'scope']).doUpdateSet({ revokedAt: row.revokedAt }))
    .execute();
}

export async function deleteRevokedScope(db: Database, row: RevokedScopeRow): Promise<void> {
  await db
    .deleteFrom('revokedScopes')
    .where('uid', '=', row.uid)
    .where('clientId', '=', row.clientId)
    .where('scope', '=', row.scope)
    .execute();
}
