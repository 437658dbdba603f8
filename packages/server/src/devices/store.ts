import { fromHex, toHex } from '../storage/hex.js';
import type { Bytes, Database, DeviceRow } from '../storage/index.js';
import { deleteCommandsFor } from './commands.js';
import { type Device, type DeviceChanges, toColumns } from './device.js';

function toDevice({ lastCommandIndex: _, ...row }: DeviceRow): Device {
  const { uid, id, pushEndpointExpired, availableCommands } = row;
  const { uaBrowser, uaBrowserVersion, uaOS, uaOSVersion, uaDeviceType, uaFormFactor, ...same } = row;
  return {
    ...same,
    uid: toHex(uid),
    id: toHex(id),
    pushEndpointExpired: pushEndpointExpired === 1,
    availableCommands: JSON.parse(availableCommands) as Device['availableCommands'],
    userAgent: { uaBrowser, uaBrowserVersion, uaOS, uaOSVersion, uaDeviceType, uaFormFactor },
  };
}

export async function insertDevice(db: Database, device: Device): Promise<void> {
  const { uid, id, createdAt, ...rest } = device;
  const columns = toColumns(rest) as Omit<DeviceRow, 'uid' | 'id' | 'createdAt' | 'lastCommandIndex'>;
  await db
    .insertInto('devices')
    .values({ uid: fromHex(uid), id: fromHex(id), createdAt, lastCommandIndex: null, ...columns })
    .execute();
}

/** Changes a device and gives it as it is then; undefined when there is none. */
export async function updateDevice(
  db: Database,
  uid: string,
  id: string,
  changes: DeviceChanges,
): Promise<Device | undefined> {
  const row = await db
    .updateTable('devices')
    .set(toColumns(changes))
    .where('uid', '=', fromHex(uid))
    .where('id', '=', fromHex(id))
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : toDevice(row);
}

export async function findDevice(db: Database, uid: string, id: string): Promise<Device | undefined> {
  const row = await ofAccount(db, uid).where('id', '=', fromHex(id)).executeTakeFirst();
  return row === undefined ? undefined : toDevice(row);
}

export async function findDeviceOfSession(db: Database, uid: string, tokenHash: Bytes): Promise<Device | undefined> {
  const row = await ofAccount(db, uid).where('sessionTokenHash', '=', tokenHash).executeTakeFirst();
  return row === undefined ? undefined : toDevice(row);
}

export async function findDeviceOfRefreshToken(
  db: Database,
  uid: string,
  tokenHash: Bytes,
): Promise<Device | undefined> {
  const row = await ofAccount(db, uid).where('refreshTokenHash', '=', tokenHash).executeTakeFirst();
  return row === undefined ? undefined : toDevice(row);
}

/** Every device of an account, oldest first. */
export async function listDevices(db: Database, uid: string): Promise<Device[]> {
  const rows = await ofAccount(db, uid).orderBy('createdAt').orderBy('id').execute();
  return rows.map(toDevice);
}

function ofAccount(db: Database, uid: string) {
  return db.selectFrom('devices').selectAll().where('uid', '=', fromHex(uid));
}

/** Deletes a record with the commands that wait for it, and gives it as it was. What it is bound to stays. */
export async function deleteDevice(db: Database, uid: string, id: string): Promise<Device | undefined> {
  const row = await db
    .deleteFrom('devices')
    .where('uid', '=', fromHex(uid))
    .where('id', '=', fromHex(id))
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await deleteCommandsFor(db, row.uid, [row.id]);
  return toDevice(row);
}

/** Remembers that the push service of a device knows an endpoint no longer; nothing, if the device has another by now. */
export async function expirePushEndpoint(db: Database, uid: Bytes, id: Bytes, pushCallback: string): Promise<void> {
  await db
    .updateTable('devices')
    .set({ pushEndpointExpired: 1 })
    .where('uid', '=', uid)
    .where('id', '=', id)
    .where('pushCallback', '=', pushCallback)
    .execute();
}
