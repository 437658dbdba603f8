import { COMMAND_SEND_TAB } from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import { FxaError } from '../errors/fxa-error.js';
import { isTransient } from '../errors/is-transient.js';
import type { OutgoingCommand } from '../persistence/account-state.js';
import { findDevice, invoke, sealFor } from './invoke.js';
import { sendTabJson, telemetryId } from './payloads.js';

/** Whether a tab is on its way, or kept to be sent after so many seconds. */
export type SendTabResult = { readonly type: 'Sent' } | { readonly type: 'Queued'; readonly retryAfter: number };

/** A tab to send. */
export interface OutgoingTab {
  readonly title: string;
  readonly url: string;
  readonly isPrivate: boolean;
}

/** How long to wait where the server does not say, seconds. */
const DEFAULT_WAIT = 30;

/**
 * Sends a tab to a device (client §7.6). When the server is busy or cannot be reached, the sealed tab is kept, and sent
 * after what was sent before it by {@link sendQueuedCommands}.
 * @throws FxaError `Other` for a device that is not known or takes no tabs; `Authentication`
 */
export async function sendTab(context: AccountContext, targetId: string, tab: OutgoingTab): Promise<SendTabResult> {
  const { random } = context.connection;
  const target = await findDevice(context, targetId);
  const payload = { entries: [tab], flowId: telemetryId(random), streamId: telemetryId(random) };
  const encrypted = await sealFor(context, target, COMMAND_SEND_TAB, sendTabJson(payload));
  context.telemetry.sent('send_tab', payload.flowId, payload.streamId);
  const queued = { target: targetId, command: COMMAND_SEND_TAB, encrypted, notBefore: 0 };
  context.update({ outgoingCommands: [...context.state.outgoingCommands, queued] });
  const retryAfter = await sendQueuedCommands(context);
  return retryAfter === undefined ? { type: 'Sent' } : { type: 'Queued', retryAfter };
}

/**
 * Sends what is queued, oldest first; gives the seconds to wait until the next attempt makes sense, or undefined when
 * nothing is left.
 * @throws FxaError when the server refuses a command for good; it is not queued any more
 */
export async function sendQueuedCommands(context: AccountContext): Promise<number | undefined> {
  for (;;) {
    const [next, ...rest] = context.state.outgoingCommands;
    if (next === undefined) return undefined;
    const wait = Math.ceil((next.notBefore - context.now()) / 1000);
    if (wait > 0) return wait;
    const retryAfter = await attempt(context, next, rest);
    if (retryAfter !== undefined) return retryAfter;
  }
}

async function attempt(
  context: AccountContext,
  next: OutgoingCommand,
  rest: readonly OutgoingCommand[],
): Promise<number | undefined> {
  try {
    await invoke(context, next.target, next.command, next.encrypted);
  } catch (error) {
    if (!(error instanceof FxaError) || !isTransient(error)) {
      context.update({ outgoingCommands: rest });
      throw error;
    }
    const retryAfter = error.retryAfter ?? DEFAULT_WAIT;
    const notBefore = context.now() + 1000 * retryAfter;
    context.update({ outgoingCommands: [{ ...next, notBefore }, ...rest] });
    return retryAfter;
  }
  context.update({ outgoingCommands: rest });
  return undefined;
}
