import { accountDevices, attachedClients } from '@foxden/protocol';
import type { AccountContext, Cached } from '../account-context.js';
import { FxaError } from '../errors/fxa-error.js';
import { list } from '../persistence/reading.js';
import type { AttachedClient } from './types.js';
import { type DeviceRecord, readAttachedClient, readDevice } from './wire.js';

const FRESH_MS = 60_000;
/** Devices that were not seen for so long are left out. */
const IDLE_MS = 21 * 24 * 3_600_000;

/**
 * The devices of the account, from the cache for a minute (client §3.5).
 * @throws FxaError `Authentication` when nobody is signed in
 */
export async function listDevices(context: AccountContext, ignoreCache = false): Promise<readonly DeviceRecord[]> {
  const { memory } = context;
  if (!ignoreCache && isFresh(context, memory.devices)) return memory.devices.value;
  const token = { refreshToken: requireRefreshToken(context) };
  const query = { filterIdleDevicesTimestamp: String(context.now() - IDLE_MS) };
  const value = await context.connection.call('auth', accountDevices, { token, query }, list(readDevice));
  memory.devices = { at: context.now(), value };
  return value;
}

/**
 * Everything that is attached to the account, from the cache for a minute (client §3.5).
 * @throws FxaError `Authentication` without a session token
 */
export async function listAttachedClients(
  context: AccountContext,
  ignoreCache = false,
): Promise<readonly AttachedClient[]> {
  const { memory } = context;
  if (!ignoreCache && isFresh(context, memory.attachedClients)) return memory.attachedClients.value;
  const { sessionToken } = context.state;
  if (sessionToken === null) throw new FxaError('Authentication', 'There is no session token');
  const token = { sessionToken };
  const value = await context.connection.call('auth', attachedClients, { token }, list(readAttachedClient));
  memory.attachedClients = { at: context.now(), value };
  return value;
}

/** @throws FxaError `Authentication` when nobody is signed in */
export function requireRefreshToken({ state }: AccountContext): string {
  if (state.refreshToken === null)
    throw new FxaError('Authentication', 'Nobody is signed in: there is no refresh token');
  return state.refreshToken.token;
}

function isFresh<T>(context: AccountContext, cached: Cached<T> | undefined): cached is Cached<T> {
  return cached !== undefined && context.now() < cached.at + FRESH_MS;
}
