import type { Device } from '../devices/index.js';
import { isOld, type ListedSession, listSessions } from '../sessions/index.js';
import { toHex } from '../storage/hex.js';
import type { Database } from '../storage/index.js';

/** The sessions of an account that have not expired; those of `devices` never do. */
export async function listLivingSessions(
  db: Database,
  uid: string,
  devices: readonly Device[],
  now: number,
): Promise<ListedSession[]> {
  const ofDevices = new Set(devices.map(({ sessionTokenHash: hash }) => (hash === null ? '' : toHex(hash))));
  return (await listSessions(db, uid)).filter(
    (session) => !isOld(session, now) || ofDevices.has(toHex(session.tokenHash)),
  );
}
