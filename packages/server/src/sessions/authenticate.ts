import type { Context } from '../context.js';
import { findDeviceOfSession } from '../devices/index.js';
import type { Bytes } from '../storage/index.js';
import { isOld, type Session } from './session.js';
import { deleteSession, findSession, touchSession } from './store.js';

const TOUCH_INTERVAL = 5 * 60 * 1000;

/**
 * The living session of a presented token. One without a device ends four weeks after its creation; its last use is
 * written at most every five minutes, so that polling clients do not turn reads into writes.
 */
export async function authenticateSession(context: Context, tokenHash: Bytes): Promise<Session | undefined> {
  const session = await findSession(context.storage.db, tokenHash);
  if (session === undefined) return undefined;
  const now = context.clock.now();
  if (isOld(session, now) && (await findDeviceOfSession(context.storage.db, session.uid, tokenHash)) === undefined) {
    await deleteSession(context.storage.db, session.uid, tokenHash);
    return undefined;
  }
  if (session.lastAccessTime + TOUCH_INTERVAL <= now) await touchSession(context.storage.db, session, now);
  return session;
}
