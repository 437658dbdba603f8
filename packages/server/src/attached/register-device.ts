import { isDeepStrictEqual } from 'node:util';
import type { accountDevice, ResponseOf } from '@foxden/protocol';
import { holdAccount } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import {
  type Device,
  type DeviceChanges,
  findDevice,
  insertDevice,
  UNDESCRIBED,
  updateDevice,
} from '../devices/index.js';
import { authError } from '../errors.js';
import { deviceConnected } from '../push/index.js';
import { parseUserAgent } from '../sessions/index.js';
import { toHex } from '../storage/hex.js';
import type { Database } from '../storage/index.js';
import { deviceName, deviceType } from './device-words.js';
import { bindingOf, findOwnDevice, type Holder, isVerified, requireLiving } from './holder.js';
import { type RegistrationBody, readRegistration } from './registration.js';

type Registered = ResponseOf<typeof accountDevice>;

/**
 * Registers the device of a session or refresh token, or changes what is known of it (oauth-devices §3.2). An `id` binds
 * that device to the caller, such as one that was registered with an earlier session.
 * @throws UNKNOWN_DEVICE for an id that the account does not have; DEVICE_CONFLICT with the `deviceId` of the caller's
 *   device when it has another one; INVALID_PARAMETER
 */
export async function registerDevice(
  context: Context,
  caller: Caller,
  holder: Holder,
  body: RegistrationBody,
): Promise<Registered> {
  const described = readRegistration(body, context.config.pushOrigins);
  const id = body.id?.toLowerCase();
  const own = await findOwnDevice(context.storage.db, holder);
  if (own !== undefined && (id ?? own.id) === own.id && hasAll(own, described)) return describe(own);

  const changes = { ...described, ...bindingOf(holder), userAgent: parseUserAgent(caller.userAgent) };
  const registered = await context.storage.transaction(async (tx) => {
    await holdAccount(context.storage, tx, { uid: holder.uid });
    await requireLiving(tx, holder);
    const known = await findRegistered(tx, holder, id);
    if (known === undefined) return describe(await createDevice(context, tx, holder, changes));
    const device = await updateDevice(tx, holder.uid, known.id, changes);
    if (device === undefined) throw authError('UNKNOWN_DEVICE');
    return describe(device);
  });
  context.push.wake();
  return registered;
}

/** The device that a registration is about: the one it names, else the caller's own. */
async function findRegistered(tx: Database, holder: Holder, id: string | undefined): Promise<Device | undefined> {
  const own = await findOwnDevice(tx, holder);
  if (id === undefined || own?.id === id) return own;
  const named = await findDevice(tx, holder.uid, id);
  if (named === undefined) throw authError('UNKNOWN_DEVICE');
  if (own !== undefined) throw authError('DEVICE_CONFLICT', { deviceId: own.id });
  return named;
}

async function createDevice(context: Context, tx: Database, holder: Holder, changes: DeviceChanges): Promise<Device> {
  const device: Device = {
    ...UNDESCRIBED,
    uid: holder.uid,
    id: toHex(context.random.bytes(16)),
    createdAt: context.clock.now(),
    userAgent: parseUserAgent(''),
    ...changes,
  };
  await insertDevice(tx, device);
  // Whoever is not who they say shall not be announced as a device.
  if (isVerified(holder))
    await context.push.post(tx, holder.uid, deviceConnected(deviceName(device)), { except: [device.id] });
  return device;
}

/** Nothing would change: browsers describe themselves again and again. */
function hasAll(device: Device, changes: DeviceChanges): boolean {
  return Object.entries(changes).every(([name, value]) => isDeepStrictEqual(device[name as keyof Device], value));
}

function describe(device: Device): Registered {
  const { pushCallback, pushPublicKey, pushAuthKey } = device;
  return {
    id: device.id,
    createdAt: device.createdAt,
    name: deviceName(device),
    type: deviceType(device),
    pushEndpointExpired: device.pushEndpointExpired,
    availableCommands: device.availableCommands,
    // All three or none: clients do not read a part of a subscription.
    ...(pushCallback !== null &&
      pushPublicKey !== null &&
      pushAuthKey !== null && {
        pushCallback,
        pushPublicKey,
        pushAuthKey,
      }),
  };
}
