import type { Device } from '../devices/index.js';
import { refreshTokenUses } from '../oauth/index.js';
import { listSessions } from '../sessions/index.js';
import { toHex } from '../storage/hex.js';
import type { Database } from '../storage/index.js';

/** Reads when the tokens of an account were used, and gives what tells when a device was: milliseconds. */
export async function lastUses(db: Database, uid: string): Promise<(device: Device) => number> {
  const uses = new Map<string, number>();
  for (const { tokenHash, lastAccessTime } of await listSessions(db, uid)) uses.set(toHex(tokenHash), lastAccessTime);
  for (const { tokenHash, lastUsedAt } of await refreshTokenUses(db, uid)) uses.set(toHex(tokenHash), lastUsedAt);
  return ({ createdAt, sessionTokenHash, refreshTokenHash }) => {
    const ofTokens = [sessionTokenHash, refreshTokenHash].map((hash) =>
      hash === null ? 0 : (uses.get(toHex(hash)) ?? 0),
    );
    return Math.max(createdAt, ...ofTokens);
  };
}
