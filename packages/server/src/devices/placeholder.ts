import type { Context } from '../context.js';
import type { UserAgent } from '../sessions/index.js';
import { toHex } from '../storage/hex.js';
import type { Bytes, Database } from '../storage/index.js';
import { UNDESCRIBED } from './device.js';
import { findDeviceOfSession, insertDevice, updateDevice } from './store.js';

/** A device that its client has not described yet. */
export interface PlaceholderDevice {
  /** A token that was just made, so it has no device. */
  readonly refreshTokenHash: Bytes;
  /** The session that was granted along, or that asked. */
  readonly sessionTokenHash: Bytes | undefined;
  /** Of the client. */
  readonly name: string;
  readonly userAgent: UserAgent;
}

/**
 * Makes sure that a new refresh token has a device record, so that its holder finds an id when it registers
 * (oauth-devices §1.7). Where the session has a device, that one is bound to the new token and otherwise left as it is:
 * a client that asks for more scopes stays the device it was.
 * @returns whether a device was made
 */
export async function ensurePlaceholderDevice(
  context: Pick<Context, 'clock' | 'random'>,
  tx: Database,
  uid: string,
  placeholder: PlaceholderDevice,
): Promise<boolean> {
  const { refreshTokenHash, sessionTokenHash, name, userAgent } = placeholder;
  const known = sessionTokenHash === undefined ? undefined : await findDeviceOfSession(tx, uid, sessionTokenHash);
  if (known !== undefined) {
    await updateDevice(tx, uid, known.id, { refreshTokenHash });
    return false;
  }
  await insertDevice(tx, {
    ...UNDESCRIBED,
    uid,
    id: toHex(context.random.bytes(16)),
    sessionTokenHash: sessionTokenHash ?? null,
    refreshTokenHash,
    name,
    createdAt: context.clock.now(),
    userAgent,
  });
  return true;
}
