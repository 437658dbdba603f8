import { COMMAND_CLOSE_TABS } from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import { FxaError } from '../errors/fxa-error.js';
import { countThatFit, jsonSize, MAX_PAYLOAD } from './fit.js';
import { findDevice, invoke, sealFor } from './invoke.js';
import { closeTabsJson, telemetryId } from './payloads.js';

/** Whether all tabs are to be closed, or which could not be asked for. */
export type CloseTabsResult =
  | { readonly type: 'Ok' }
  | { readonly type: 'TabsNotClosed'; readonly urls: readonly string[] };

/** Seconds; two days. */
const TTL = 172_800;

/**
 * Asks a device to close tabs, in as many commands as it takes (client §7.7).
 * @throws FxaError `Other` for a device that is not known or closes no tabs; `Authentication`
 */
export async function closeTabs(
  context: AccountContext,
  targetId: string,
  urls: readonly string[],
  maxPayload = MAX_PAYLOAD,
): Promise<CloseTabsResult> {
  const { random } = context.connection;
  const target = await findDevice(context, targetId);
  const flowId = telemetryId(random);
  const notClosed: string[] = [];
  // What fits nowhere comes last, and then nothing behind it fits either.
  let left = [...urls].sort((one, other) => jsonSize(one) - jsonSize(other));
  while (left.length > 0) {
    const count = countThatFit(left, maxPayload);
    if (count === 0) break;
    const chunk = left.slice(0, count);
    left = left.slice(count);
    const payload = { urls: chunk, flowId, streamId: telemetryId(random) };
    const encrypted = await sealFor(context, target, COMMAND_CLOSE_TABS, closeTabsJson(payload));
    try {
      await invoke(context, targetId, COMMAND_CLOSE_TABS, encrypted, TTL);
      context.telemetry.sent('close_tabs', flowId, payload.streamId);
    } catch (error) {
      if (!(error instanceof FxaError)) throw error;
      notClosed.push(...chunk);
    }
  }
  notClosed.push(...left);
  return notClosed.length === 0 ? { type: 'Ok' } : { type: 'TabsNotClosed', urls: notClosed };
}
