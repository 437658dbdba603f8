import type { attachedClientDestroy, BodyOf } from '@foxden/protocol';
import { holdAccount } from '../accounts/index.js';
import type { Context } from '../context.js';
import { type Device, deleteDevice } from '../devices/index.js';
import { authError } from '../errors.js';
import { revokeClient, revokeDeviceTokens, revokeRefreshToken } from '../oauth/index.js';
import { tellingDisconnections } from '../push/index.js';
import { deleteSession, type Session } from '../sessions/index.js';
import { fromHex, toHex } from '../storage/hex.js';
import type { Bytes, Database, Storage } from '../storage/index.js';

/**
 * Disconnects a device (oauth-devices §3.2): its record, its session and its refresh token go.
 * @param uid hex, 32 digits; `deviceId` as well
 * @throws UNKNOWN_DEVICE
 */
export async function disconnectDevice(context: Context, uid: string, deviceId: string): Promise<void> {
  await context.storage.transaction(async (tx) => {
    await holdAccount(context.storage, tx, { uid });
    await tellingDisconnections(context, tx, uid, () => removeDevice(context.storage, tx, uid, deviceId, {}));
  });
  context.push.wake();
}

type Names = BodyOf<typeof attachedClientDestroy>;

/**
 * Disconnects an entry of the attached clients, by the most telling of its names: device, refresh token, client, session
 * (oauth-devices §3.2). A refresh token that is unknown is gone already.
 * @throws UNKNOWN_DEVICE; INVALID_TOKEN for a session that the account does not have; INVALID_PARAMETER when nothing is
 *   named, or what is named does not belong together
 */
export async function disconnectClient(context: Context, { uid }: Session, names: Names): Promise<void> {
  const { deviceId, refreshTokenId, clientId, sessionTokenId } = names;
  if (refreshTokenId !== undefined && clientId === undefined) throw invalid('clientId');
  if (deviceId === undefined && clientId !== undefined && sessionTokenId !== undefined) throw invalid('sessionTokenId');
  await context.storage.transaction(async (tx) => {
    await holdAccount(context.storage, tx, { uid });
    await tellingDisconnections(context, tx, uid, () => removeNamed(context.storage, tx, uid, names));
  });
  context.push.wake();
}

async function removeNamed(storage: Pick<Storage, 'engine'>, tx: Database, uid: string, names: Names): Promise<void> {
  const { deviceId, refreshTokenId, clientId, sessionTokenId } = names;
  if (deviceId !== undefined) return removeDevice(storage, tx, uid, deviceId, names);
  if (refreshTokenId !== undefined) return revokeRefreshToken(storage, tx, uid, fromHex(refreshTokenId), clientId);
  if (clientId !== undefined) return revokeClient(tx, uid, clientId.toLowerCase());
  if (sessionTokenId !== undefined) return removeSession(tx, uid, fromHex(sessionTokenId));
  throw invalid('clientId', 'sessionTokenId', 'refreshTokenId', 'deviceId');
}

async function removeDevice(
  storage: Pick<Storage, 'engine'>,
  tx: Database,
  uid: string,
  deviceId: string,
  names: Names,
): Promise<void> {
  const device = await deleteDevice(tx, uid, deviceId);
  if (device === undefined) throw authError('UNKNOWN_DEVICE');
  requireNames(device, names);
  if (device.sessionTokenHash !== null) await deleteSession(tx, uid, device.sessionTokenHash);
  if (device.refreshTokenHash !== null) await revokeDeviceTokens(storage, tx, device.refreshTokenHash);
}

/** @throws INVALID_PARAMETER when a token that is named along is not that of the device; the transaction ends with it */
function requireNames(device: Device, { sessionTokenId, refreshTokenId }: Names): void {
  if (!isNamed(device.sessionTokenHash, sessionTokenId)) throw invalid('sessionTokenId');
  if (!isNamed(device.refreshTokenHash, refreshTokenId)) throw invalid('refreshTokenId');
}

function isNamed(hash: Bytes | null, name: string | undefined): boolean {
  return name === undefined || (hash !== null && toHex(hash) === name.toLowerCase());
}

async function removeSession(tx: Database, uid: string, tokenHash: Bytes): Promise<void> {
  if (!(await deleteSession(tx, uid, tokenHash))) throw authError('INVALID_TOKEN');
}

function invalid(...keys: string[]) {
  return authError('INVALID_PARAMETER', { validation: { source: 'payload', keys } });
}
