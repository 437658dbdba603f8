import {
  accountDeviceCommands,
  base64urlToBytes,
  COMMAND_CLOSE_TABS,
  COMMAND_SEND_TAB,
  IntegrityError,
  MalformedError,
  openPayload,
} from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import { listDevices, requireRefreshToken } from '../devices/list.js';
import { updateDevice } from '../devices/registration.js';
import type { Device } from '../devices/types.js';
import { FxaError } from '../errors/fxa-error.js';
import { tidyUp } from '../oauth/token-requests.js';
import { list, object, optional, parseJson, type Reader, text, whole } from '../persistence/reading.js';
import { ownKeys, publishedKeys } from './own-keys.js';
import { type CloseTabsPayload, readCloseTabs, readSendTab, type SendTabPayload } from './payloads.js';
import type { CommandReason } from './telemetry.js';

/** What another device asks of this one (client §7.4). */
export type IncomingDeviceCommand =
  | { readonly type: 'TabReceived'; readonly sender: Device | null; readonly payload: SendTabPayload }
  | { readonly type: 'TabsClosed'; readonly sender: Device | null; readonly payload: CloseTabsPayload };

interface Message {
  readonly index: number;
  readonly command: string;
  readonly encrypted: string;
  readonly sender: string | null;
}

const readMessage: Reader<Message> = object((member) => ({
  index: member('index', whole),
  ...member(
    'data',
    object((data) => ({
      command: data('command', text),
      encrypted: data(
        'payload',
        object((payload) => payload('encrypted', optional(text)) ?? ''),
      ),
      sender: data('sender', optional(text)),
    })),
  ),
}));

const readCommands = object((member) => ({
  index: member('index', whole),
  messages: member('messages', list(readMessage)),
}));

/**
 * The commands that came since the last time (client §7.4).
 * @throws FxaError; the same commands come again then
 */
export async function pollCommands(context: AccountContext): Promise<readonly IncomingDeviceCommand[]> {
  const next = (context.state.lastHandledCommand ?? 0) + 1;
  const { index, messages } = await fetchCommands(context, { index: next });
  if (messages.length === 0) return [];
  const commands = await openCommands(context, messages, () => 'poll');
  context.update({ lastHandledCommand: Math.max(index, next) });
  return commands;
}

/**
 * The command that a push message tells of, by its index. Polling gives it again.
 * @throws FxaError `Other` when it cannot be had or opened
 */
export async function fetchPushedCommand(context: AccountContext, index: number): Promise<IncomingDeviceCommand> {
  const { messages } = await fetchCommands(context, { index, limit: 1 });
  const reason = (message: Message): CommandReason => (message.index < index ? 'push-missed' : 'push');
  const [command] = await openCommands(context, messages, reason);
  if (command === undefined) throw new FxaError('Other', `There is no command ${index} that can be read`);
  return command;
}

function fetchCommands(context: AccountContext, from: { readonly index: number; readonly limit?: number }) {
  const query = { index: String(from.index), ...(from.limit !== undefined && { limit: String(from.limit) }) };
  const token = { refreshToken: requireRefreshToken(context) };
  return context.connection.call('auth', accountDeviceCommands, { token, query }, readCommands);
}

async function openCommands(
  context: AccountContext,
  messages: readonly Message[],
  reason: (message: Message) => CommandReason,
): Promise<readonly IncomingDeviceCommand[]> {
  const devices = await listDevices(context);
  const opened: IncomingDeviceCommand[] = [];
  for (const message of messages) {
    const sender = devices.find(({ id }) => id === message.sender) ?? null;
    const command = await openCommand(context, message, sender, reason(message));
    if (command !== undefined) opened.push(command);
  }
  return opened;
}

/** Undefined for what is not known or cannot be opened. In the latter case the keys of the command are made anew. */
async function openCommand(
  context: AccountContext,
  message: Message,
  sender: Device | null,
  reason: CommandReason,
): Promise<IncomingDeviceCommand | undefined> {
  const { command, encrypted } = message;
  const keys = ownKeys(context, command);
  if (keys === undefined) return undefined;
  try {
    const json = new TextDecoder().decode(await openPayload(base64urlToBytes(encrypted), keys));
    const value = parseJson(json, 'the command');
    const { telemetry } = context;
    if (command === COMMAND_SEND_TAB) {
      const payload = readSendTab(value, 'the command');
      telemetry.received('send_tab', payload.flowId, payload.streamId, reason);
      return { type: 'TabReceived', sender, payload };
    }
    if (command === COMMAND_CLOSE_TABS) {
      const payload = readCloseTabs(value, 'the command');
      telemetry.received('close_tabs', payload.flowId, payload.streamId, reason);
      return { type: 'TabsClosed', sender, payload };
    }
    return undefined;
  } catch (error) {
    if (error instanceof IntegrityError || error instanceof MalformedError) await renewCommand(context, command);
    else if (!(error instanceof FxaError)) throw error;
    return undefined;
  }
}

/** Whoever sent it used keys that this device does not have: publish new ones. */
async function renewCommand(context: AccountContext, command: string): Promise<void> {
  const { [command]: _lost, ...others } = context.state.commandsData;
  context.update({ commandsData: others });
  await tidyUp(async () => {
    const availableCommands = await publishedKeys(context, context.state.deviceCapabilities);
    await updateDevice(context, { availableCommands });
  });
}
