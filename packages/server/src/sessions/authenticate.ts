import type { Context } from '../context.js';
import type { Bytes } from '../storage/index.js';
import type { Session } from './session.js';
import { deleteSession, findSession, findSessions, type ListedSession, touchSession } from './store.js';

const LIFETIME = 28 * 24 * 60 * 60 * 1000;
const TOUCH_INTERVAL = 5 * 60 * 1000;

/**
 * The living session of a presented token. A session ends four weeks after its creation (auth-api §1.5); its last use is
 * written at most every five minutes, so that polling clients do not turn reads into writes.
 */
export async function authenticateSession(context: Context, tokenHash: Bytes): Promise<Session | undefined> {
  const session = await findSession(context.storage.db, tokenHash);
  if (session === undefined) return undefined;
  const now = context.clock.now();
  if (session.createdAt + LIFETIME <= now) {
    await deleteSession(context.storage.db, session.uid, tokenHash);
    return undefined;
  }
  if (session.lastAccessTime + TOUCH_INTERVAL <= now) await touchSession(context.storage.db, session, now);
  return session;
}

/** The living sessions of an account, the one used last first. */
export function findLivingSessions(context: Context, uid: string): Promise<ListedSession[]> {
  return findSessions(context.storage.db, uid, context.clock.now() - LIFETIME);
}
