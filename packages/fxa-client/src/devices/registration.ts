import { accountDevice } from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import { publishedKeys } from '../commands/own-keys.js';
import { FxaError } from '../errors/fxa-error.js';
import { tidyUp } from '../oauth/token-requests.js';
import { listDevices, requireRefreshToken } from './list.js';
import type { DeviceCapability, DeviceConfig, LocalDevice } from './types.js';
import { type DeviceChange, type DeviceRecord, deviceChangeBody, readLocalDevice } from './wire.js';

/**
 * Registers this application as a device (client §3.5).
 * @throws FxaError `Authentication` when nobody is signed in, or for capabilities without the key of oldsync
 */
export async function initializeDevice(context: AccountContext, config: DeviceConfig): Promise<LocalDevice> {
  const { name, deviceType, capabilities } = config;
  context.update({ deviceCapabilities: [...new Set(capabilities)] });
  const availableCommands = await publishedKeys(context, capabilities);
  return updateDevice(context, { name, deviceType, availableCommands });
}

/**
 * Sees to it that exactly these capabilities are registered; asks the server only when they are not (client §7.2).
 * @throws FxaError as {@link initializeDevice}
 */
export async function ensureCapabilities(
  context: AccountContext,
  capabilities: readonly DeviceCapability[],
): Promise<LocalDevice> {
  context.update({ deviceCapabilities: [...new Set(capabilities)] });
  const registered = context.state.serverLocalDeviceInfo;
  if (registered !== null && sameSet(registered.capabilities, capabilities)) return registered;
  return updateDevice(context, { availableCommands: await publishedKeys(context, capabilities) });
}

/**
 * Changes what the server has of this device. After a failure the next {@link ensureCapabilities} asks again.
 * @throws FxaError
 */
export async function updateDevice(context: AccountContext, change: DeviceChange): Promise<LocalDevice> {
  const token = { refreshToken: requireRefreshToken(context) };
  context.update({ serverLocalDeviceInfo: null });
  const request = { token, body: deviceChangeBody(change) };
  const device = await context.connection.call('auth', accountDevice, request, readLocalDevice);
  context.forgetLists();
  context.update({ currentDeviceId: device.id, serverLocalDeviceInfo: device });
  return device;
}

/** The record of this device as the server lists it; undefined when it cannot be had. */
export async function currentDevice(context: AccountContext): Promise<DeviceRecord | undefined> {
  let current: DeviceRecord | undefined;
  await tidyUp(async () => {
    current = (await listDevices(context)).find((device) => device.isCurrentDevice);
  });
  return current;
}

/** Registers a device again as it was, for a refresh token that took the place of its own; failing that, see `updateDevice`. */
export function restoreDevice(context: AccountContext, device: DeviceRecord): Promise<void> {
  const { displayName: name, deviceType, pushSubscription, availableCommands } = device;
  return tidyUp(() => updateDevice(context, { name, deviceType, pushSubscription, availableCommands }));
}

/** @throws FxaError `Other` when this application is no device */
export function requireCurrentDeviceId({ state }: AccountContext): string {
  if (state.currentDeviceId === null) throw new FxaError('Other', 'This application is not registered as a device');
  return state.currentDeviceId;
}

/** The server may answer in another order. */
function sameSet(left: readonly string[], right: readonly string[]): boolean {
  const set = new Set(right);
  return set.size === new Set(left).size && left.every((value) => set.has(value));
}
