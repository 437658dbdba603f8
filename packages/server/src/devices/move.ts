import type { Bytes, Database } from '../storage/index.js';
import { deleteDeviceOfRefreshToken } from './delete.js';
import { findDeviceOfRefreshToken, updateDevice } from './store.js';

/**
 * Binds the device of a refresh token to the token that replaces it: id, push subscription and commands stay
 * (oauth-devices §1.7, token exchange). Before the old token is deleted, in the same transaction. A device that the new
 * token has already gives way.
 * @returns false when the old token has no device
 */
export async function moveDevice(
  tx: Database,
  uid: string,
  fromRefreshTokenHash: Bytes,
  toRefreshTokenHash: Bytes,
): Promise<boolean> {
  const device = await findDeviceOfRefreshToken(tx, uid, fromRefreshTokenHash);
  if (device === undefined) return false;
  await deleteDeviceOfRefreshToken(tx, uid, toRefreshTokenHash);
  await updateDevice(tx, uid, device.id, { refreshTokenHash: toRefreshTokenHash });
  return true;
}
