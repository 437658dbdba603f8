import { fromHex } from '../storage/hex.js';
import type { Bytes, Database } from '../storage/index.js';

/** Deletes the device that is bound to a session; with the session, in its transaction (oauth-devices §3.3). */
export async function deleteDeviceOfSession(db: Database, uid: string, sessionTokenHash: Bytes): Promise<void> {
  await ofAccount(db, uid).where('sessionTokenHash', '=', sessionTokenHash).execute();
}

/** Deletes the devices of an account that are bound to any session. */
export async function deleteDevicesOfSessions(db: Database, uid: string): Promise<void> {
  await ofAccount(db, uid).where('sessionTokenHash', 'is not', null).execute();
}

/** Deletes the device that is bound to a refresh token; with the token, in its transaction. */
export async function deleteDeviceOfRefreshToken(db: Database, uid: string, refreshTokenHash: Bytes): Promise<void> {
  await ofAccount(db, uid).where('refreshTokenHash', '=', refreshTokenHash).execute();
}

function ofAccount(db: Database, uid: string) {
  return db.deleteFrom('devices').where('uid', '=', fromHex(uid));
}
