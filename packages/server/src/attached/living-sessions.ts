import type { Device } from '../devices/index.js';
import { isExpired, type ListedSession, listSessions } from '../sessions/index.js';
import { toHex } from '../storage/hex.js';
import type { Database } from '../storage/index.js';

/** The sessions of an account that have not expired; those of `devices` never do. */
export async function listLivingSessions(
  db: Database,
  uid: string,
  devices: readonly Device[],
  now: number,
): Promise<ListedSession[]> {
  const deviceIds = new Map(
    devices.flatMap(({ id, sessionTokenHash: hash }) => (hash === null ? [] : [[toHex(hash), id]])),
  );
  return (await listSessions(db, uid)).filter(({ tokenHash, createdAt }) => {
    return !isExpired({ createdAt, deviceId: deviceIds.get(toHex(tokenHash)) ?? null }, now);
  });
}
