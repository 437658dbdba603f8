import type { accountDevices, ResponseOf } from '@foxden/protocol';
import type { Caller, Context } from '../context.js';
import { listDevices } from '../devices/index.js';
import { formatAgo } from './ago.js';
import { deviceName, deviceType } from './device-words.js';
import { type Holder, isOwnDevice } from './holder.js';
import { lastUses } from './last-uses.js';

/**
 * The devices of the account (oauth-devices §3.2).
 * @param seenSince milliseconds: devices that were last seen before are left out
 */
export async function describeDevices(
  context: Context,
  caller: Caller,
  holder: Holder,
  seenSince: number,
): Promise<ResponseOf<typeof accountDevices>> {
  const { db } = context.storage;
  const lastUse = await lastUses(db, holder.uid);
  const now = context.clock.now();
  return (await listDevices(db, holder.uid))
    .map((device) => ({ device, lastAccessTime: lastUse(device) }))
    .filter(({ lastAccessTime }) => lastAccessTime >= seenSince)
    .map(({ device, lastAccessTime }) => ({
      id: device.id,
      name: deviceName(device),
      type: deviceType(device),
      isCurrentDevice: isOwnDevice(holder, device),
      lastAccessTime,
      lastAccessTimeFormatted: formatAgo(lastAccessTime, now, caller.acceptLanguage),
      // Nothing here knows where an address is.
      location: {},
      pushCallback: device.pushCallback,
      pushPublicKey: device.pushPublicKey,
      pushAuthKey: device.pushAuthKey,
      pushEndpointExpired: device.pushEndpointExpired,
      availableCommands: device.availableCommands,
    }));
}
