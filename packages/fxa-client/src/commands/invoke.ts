import { accountInvokeCommand, bytesToBase64url, openCommandKeys, sealPayload, utf8 } from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import { listDevices, requireRefreshToken } from '../devices/list.js';
import type { DeviceRecord } from '../devices/wire.js';
import { asFxaError } from '../errors/as-fxa-error.js';
import { FxaError } from '../errors/fxa-error.js';
import { requireSyncKey } from './own-keys.js';

/**
 * A device of the account.
 * @throws FxaError `Other` when there is none with this id
 */
export async function findDevice(context: AccountContext, id: string): Promise<DeviceRecord> {
  const device = (await listDevices(context)).find((known) => known.id === id);
  if (device === undefined) throw new FxaError('Other', `The account has no device ${id}`);
  return device;
}

/**
 * A payload sealed to a device: base64url (client §7.3).
 * @throws FxaError `Authentication` without the key of oldsync; `Other` when the device does not take the command
 */
export async function sealFor(
  context: AccountContext,
  target: DeviceRecord,
  command: string,
  payload: object,
): Promise<string> {
  const syncKey = requireSyncKey(context);
  const published = target.availableCommands[command];
  if (published === undefined) throw new FxaError('Other', `${target.displayName} does not take ${command}`);
  try {
    const keys = await openCommandKeys(published, syncKey);
    return bytesToBase64url(await sealPayload(utf8(JSON.stringify(payload)), keys, context.connection.random));
  } catch (error) {
    throw asFxaError(error);
  }
}

/** Leaves a sealed command for a device; `ttl` in seconds. */
export async function invoke(
  context: AccountContext,
  target: string,
  command: string,
  encrypted: string,
  ttl?: number,
): Promise<void> {
  const token = { refreshToken: requireRefreshToken(context) };
  const body = { command, target, payload: { encrypted }, ...(ttl !== undefined && { ttl }) };
  await context.connection.exchange('auth', accountInvokeCommand, { token, body });
}
