/** Commands and messages from one device of an account to another. oauth-devices §3.2, §4. No other room uses it. */
import { accountDeviceCommands, accountDevicesNotify, accountInvokeCommand } from '@foxden/protocol';
import { type Route, route } from '../http/route.js';
import { invokeCommand } from './invoke.js';
import { describeCommands } from './list.js';
import { notifyDevices } from './notify.js';

export const commandRoutes: readonly Route[] = [
  route(accountDeviceCommands, async (context, { query, credentials }) =>
    describeCommands(context, credentials, query),
  ),
  route(accountInvokeCommand, async (context, { body, credentials }) => invokeCommand(context, credentials, body), {
    limit: 'invokeDeviceCommand',
  }),
  route(
    accountDevicesNotify,
    async (context, { body, credentials }) => {
      await notifyDevices(context, credentials.uid, body);
      return {};
    },
    { limit: 'notifyDevices' },
  ),
];
