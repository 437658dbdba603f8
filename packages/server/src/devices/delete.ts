import { fromHex } from '../storage/hex.js';
import type { Bytes, Database } from '../storage/index.js';
import { deleteCommandsFor } from './commands.js';

/** Deletes the device that is bound to a session; with the session, in its transaction (oauth-devices §3.3). */
export async function deleteDeviceOfSession(db: Database, uid: string, sessionTokenHash: Bytes): Promise<void> {
  const deleted = await ofAccount(db, uid).where('sessionTokenHash', '=', sessionTokenHash).execute();
  await deleteCommands(db, uid, deleted);
}

/** Deletes the devices of an account that are bound to any session. */
export async function deleteDevicesOfSessions(db: Database, uid: string): Promise<void> {
  await deleteCommands(db, uid, await ofAccount(db, uid).where('sessionTokenHash', 'is not', null).execute());
}

/**
 * Deletes the device that is bound to a refresh token; with the token, in its transaction. One that is bound to a session
 * too and has described itself, so that it has a type and is no placeholder, only loses the token: Firefox gives its
 * refresh token up as soon as it has the keys, and stays signed in.
 */
export async function deleteDeviceOfRefreshToken(db: Database, uid: string, refreshTokenHash: Bytes): Promise<void> {
  await db
    .updateTable('devices')
    .set({ refreshTokenHash: null })
    .where('uid', '=', fromHex(uid))
    .where('refreshTokenHash', '=', refreshTokenHash)
    .where('sessionTokenHash', 'is not', null)
    .where('type', 'is not', null)
    .execute();
  const deleted = await ofAccount(db, uid).where('refreshTokenHash', '=', refreshTokenHash).execute();
  await deleteCommands(db, uid, deleted);
}

function ofAccount(db: Database, uid: string) {
  return db.deleteFrom('devices').where('uid', '=', fromHex(uid)).returning('id');
}

async function deleteCommands(db: Database, uid: string, deleted: readonly { readonly id: Bytes }[]): Promise<void> {
  await deleteCommandsFor(
    db,
    fromHex(uid),
    deleted.map(({ id }) => id),
  );
}
