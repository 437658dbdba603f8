import type { accountAuthorizations, ResponseOf } from '@foxden/protocol';
import type { Context } from '../context.js';
import { requireVerifiedAccount, type Session } from '../sessions/index.js';
import { findClient } from './find-client.js';
import { readAuthorizations } from './store/authorizations.js';

/**
 * What the person allowed, by client and service, without what was taken back.
 * @throws UNVERIFIED_ACCOUNT
 */
export async function listAuthorizations(
  context: Context,
  session: Session,
): Promise<ResponseOf<typeof accountAuthorizations>> {
  requireVerifiedAccount(session);
  const records = await readAuthorizations(context.storage.db, session.uid);
  const known = await Promise.all(
    records.map(async (record) => ({ record, client: await findClient(context, record.clientId) })),
  );
  return known.map(({ record, client }) => ({
    clientId: record.clientId,
    clientName: client?.name ?? record.clientId,
    service: record.service,
    scope: record.scope.split(' ').filter((value) => value !== ''),
    createdTime: record.createdAt,
    lastAuthorizedTime: record.authorizedAt,
  }));
}
