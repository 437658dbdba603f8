import { type Device, findDeviceOfRefreshToken, findDeviceOfSession } from '../devices/index.js';
import { authError } from '../errors.js';
import { holdRefreshToken, type RefreshTokenHolder } from '../oauth/index.js';
import { findSession, type Session } from '../sessions/index.js';
import { toHex } from '../storage/hex.js';
import type { Bytes, Database } from '../storage/index.js';

/** Who may call the routes of devices: a session, or an application by its refresh token (oauth-devices §0.3). */
export type Holder = Session | RefreshTokenHolder;

function isSession(holder: Holder): holder is Session {
  return 'tokenHash' in holder;
}

/** Whether the holder has proven more than the password where that is asked for, as applications always have. */
export function isVerified(holder: Holder): boolean {
  return !isSession(holder) || holder.tokenVerified;
}

/** What a device of this holder is bound to. */
export function bindingOf(holder: Holder): Partial<Pick<Device, 'sessionTokenHash' | 'refreshTokenHash'>> {
  return isSession(holder) ? { sessionTokenHash: holder.tokenHash } : { refreshTokenHash: holder.refreshTokenHash };
}

/** Whether a device is the holder's own. */
export function isOwnDevice(holder: Holder, { sessionTokenHash, refreshTokenHash }: Device): boolean {
  return isSession(holder)
    ? isSame(sessionTokenHash, holder.tokenHash)
    : isSame(refreshTokenHash, holder.refreshTokenHash);
}

function isSame(hash: Bytes | null, other: Bytes): boolean {
  return hash !== null && toHex(hash) === toHex(other);
}

/** The device of the holder, if it has one. */
export async function findOwnDevice(db: Database, holder: Holder): Promise<Device | undefined> {
  return isSession(holder)
    ? findDeviceOfSession(db, holder.uid, holder.tokenHash)
    : findDeviceOfRefreshToken(db, holder.uid, holder.refreshTokenHash);
}

/**
 * Makes sure, inside a transaction that holds the account, that the holder's token has not ended since the request was
 * authenticated, and does not until the transaction has.
 * @throws INVALID_TOKEN when it has
 */
export async function requireLiving(tx: Database, holder: Holder): Promise<void> {
  const lives = isSession(holder)
    ? (await findSession(tx, holder.tokenHash)) !== undefined
    : await holdRefreshToken(tx, holder.refreshTokenHash);
  if (!lives) throw authError('INVALID_TOKEN');
}
