import type { AccountContext } from '../account-context.js';
import { FxaError } from '../errors/fxa-error.js';
import { disconnect } from '../oauth/authorization.js';
import { members, object, parseJson, type Reader, text, whole } from '../persistence/reading.js';
import { fetchPushedCommand, type IncomingDeviceCommand } from './receive.js';

/** What a push message tells (client §7.5). */
export type AccountEvent =
  /** Now call `pollDeviceCommands`: it gives this command and those that were missed. */
  | { readonly type: 'CommandReceived'; readonly command: IncomingDeviceCommand }
  | { readonly type: 'ProfileUpdated' }
  /** Check the authorization status. */
  | { readonly type: 'AccountAuthStateChanged' }
  | { readonly type: 'AccountDestroyed' }
  | { readonly type: 'DeviceConnected'; readonly deviceName: string }
  | { readonly type: 'DeviceDisconnected'; readonly deviceId: string; readonly isLocalDevice: boolean }
  | { readonly type: 'Unknown' };

const UNKNOWN: AccountEvent = { type: 'Unknown' };

type Handler = (context: AccountContext, data: unknown) => Promise<AccountEvent>;

/** A handler of messages with data; data of another shape is a message that this version does not know. */
function withData<T>(read: Reader<T>, handle: (context: AccountContext, data: T) => Promise<AccountEvent>): Handler {
  return (context, data) => {
    const known = readOrUndefined(read, data);
    return known === undefined ? Promise.resolve(UNKNOWN) : handle(context, known);
  };
}

/** A handler of messages that must have no data. */
function withoutData(handle: (context: AccountContext) => AccountEvent): Handler {
  return async (context, data) => (data === undefined ? handle(context) : UNKNOWN);
}

const authStateChanged = withoutData((context) => {
  context.forgetLists();
  return { type: 'AccountAuthStateChanged' };
});

const HANDLERS: Readonly<Record<string, Handler>> = {
  'fxaccounts:command_received': withData(
    object((member) => {
      for (const name of ['command', 'sender', 'url']) member(name, text);
      return member('index', whole);
    }),
    async (context, index) => ({ type: 'CommandReceived', command: await fetchPushedCommand(context, index) }),
  ),
  'fxaccounts:profile_updated': withoutData((context) => {
    context.update({ lastSeenProfile: null });
    return { type: 'ProfileUpdated' };
  }),
  'fxaccounts:device_connected': withData(
    object((member) => member('deviceName', text)),
    async (context, deviceName) => {
      context.forgetLists();
      return { type: 'DeviceConnected', deviceName };
    },
  ),
  'fxaccounts:device_disconnected': withData(
    object((member) => member('id', text)),
    async (context, deviceId) => {
      const isLocalDevice = deviceId === context.state.currentDeviceId;
      context.forgetLists();
      if (isLocalDevice) await disconnect(context);
      return { type: 'DeviceDisconnected', deviceId, isLocalDevice };
    },
  ),
  'fxaccounts:password_changed': authStateChanged,
  'fxaccounts:password_reset': authStateChanged,
  'fxaccounts:account_destroyed': withData(
    object((member) => member('uid', text)),
    async (context, uid) => {
      // A push subscription is of one account: where no uid was ever seen, there is none that could differ.
      if (uid !== (context.state.uid ?? uid)) throw new FxaError('Other', 'Another account was destroyed');
      return { type: 'AccountDestroyed' };
    },
  ),
};

/**
 * Takes note of what the server pushed; `json` is the decrypted payload (client §7.5).
 * @throws FxaError `Other` when it is no message of an accounts server, or one about another account
 */
export async function handlePushMessage(context: AccountContext, json: string): Promise<AccountEvent> {
  const { command, data } = members(parseJson(json, 'the push message'), 'the push message');
  if (typeof command !== 'string') throw new FxaError('Other', 'The push message has no command');
  const handler = Object.hasOwn(HANDLERS, command) ? HANDLERS[command] : undefined;
  return handler === undefined ? UNKNOWN : handler(context, data);
}

function readOrUndefined<T>(read: Reader<T>, data: unknown): T | undefined {
  try {
    return read(data, 'data');
  } catch (error) {
    if (error instanceof FxaError) return undefined;
    throw error;
  }
}
