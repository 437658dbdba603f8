/**
 * What is attached to an account: devices, sessions and applications, registered, listed and disconnected as one.
 * oauth-devices §3. What other rooms may use is in index.ts.
 */
import {
  accountDevice,
  accountDeviceDestroy,
  accountDevices,
  accountSessions,
  attachedClientDestroy,
  attachedClients,
  attachedOAuthClients,
} from '@foxden/protocol';
import { type Route, route } from '../http/route.js';
import { disconnectClient, disconnectDevice } from './disconnect.js';
import { describeAttachedClients, describeOAuthClients } from './list-clients.js';
import { describeDevices } from './list-devices.js';
import { describeSessions } from './list-sessions.js';
import { registerDevice } from './register-device.js';

export const attachedRoutes: readonly Route[] = [
  route(accountDevice, async (context, { body, credentials, caller }) =>
    registerDevice(context, caller, credentials, body),
  ),
  route(accountDevices, async (context, { query, credentials, caller }) =>
    describeDevices(context, caller, credentials, seenSince(query)),
  ),
  route(accountDeviceDestroy, async (context, { body, credentials }) => {
    await disconnectDevice(context, credentials.uid, body.id);
    return {};
  }),
  route(accountSessions, async (context, { credentials, caller }) => describeSessions(context, caller, credentials)),
  route(attachedClients, async (context, { query, credentials, caller }) =>
    describeAttachedClients(context, caller, credentials, seenSince(query)),
  ),
  route(attachedOAuthClients, async (context, { credentials }) => describeOAuthClients(context, credentials.uid)),
  route(attachedClientDestroy, async (context, { body, credentials }) => {
    await disconnectClient(context, credentials, body);
    return {};
  }),
];

/** Milliseconds; without the parameter, nothing is too long ago. */
function seenSince(query: { readonly filterIdleDevicesTimestamp?: string | undefined }): number {
  return Number(query.filterIdleDevicesTimestamp ?? 0);
}
