import type { attachedClients, attachedOAuthClients, ResponseOf } from '@foxden/protocol';
import type { Caller, Context } from '../context.js';
import { listDevices } from '../devices/index.js';
import { listAuthorizedClients } from '../oauth/index.js';
import type { Session } from '../sessions/index.js';
import { formatAgo } from './ago.js';
import { listLivingSessions } from './living-sessions.js';
import { type AttachedClient, mergeClients } from './merge-clients.js';

const MOST = 500;

/**
 * Everything that is attached to the account of a session, what was used last before the rest, and the session itself
 * before all (oauth-devices §3.2).
 * @param seenSince milliseconds: devices that were last seen before are left out
 */
export async function describeAttachedClients(
  context: Context,
  caller: Caller,
  session: Session,
  seenSince: number,
): Promise<ResponseOf<typeof attachedClients>> {
  const { db } = context.storage;
  const now = context.clock.now();
  const devices = await listDevices(db, session.uid);
  const clients = await listAuthorizedClients(context, db, session.uid);
  const sessions = await listLivingSessions(db, session.uid, devices, now);
  return mergeClients({ devices, clients, sessions }, session.tokenHash)
    .filter(({ deviceId, isCurrentSession, lastAccessTime }) => {
      return deviceId === null || isCurrentSession || lastAccessTime >= seenSince;
    })
    .sort(byUse)
    .slice(0, MOST)
    .map((client) => ({
      ...client,
      createdTimeFormatted: formatAgo(client.createdTime, now, caller.acceptLanguage),
      lastAccessTimeFormatted: formatAgo(client.lastAccessTime, now, caller.acceptLanguage),
      // Nothing here knows where an address is.
      location: {},
    }));
}

function byUse(a: AttachedClient, b: AttachedClient): number {
  return Number(b.isCurrentSession) - Number(a.isCurrentSession) || b.lastAccessTime - a.lastAccessTime;
}

/** The applications that hold tokens of an account (uid: hex, 32 digits), each once. */
export async function describeOAuthClients(
  context: Context,
  uid: string,
): Promise<ResponseOf<typeof attachedOAuthClients>> {
  const uses = new Map<string, number>();
  for (const { clientId, lastAccessTime } of await listAuthorizedClients(context, context.storage.db, uid)) {
    uses.set(clientId, Math.max(lastAccessTime, uses.get(clientId) ?? 0));
  }
  return [...uses].map(([clientId, lastAccessTime]) => ({ clientId, lastAccessTime }));
}
