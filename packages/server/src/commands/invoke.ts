import { accountDeviceCommands, type accountInvokeCommand, type BodyOf, type ResponseOf } from '@foxden/protocol';
import { findOwnDevice, type Holder } from '../attached/index.js';
import type { Context } from '../context.js';
import { enqueueCommand, findDevice } from '../devices/index.js';
import { authError } from '../errors.js';
import { API_ROOT } from '../http/mount.js';
import { commandReceived, LONGEST_TTL } from '../push/index.js';

/**
 * Leaves a command for a device of the account and tells it by push (oauth-devices §3.2). The command waits as long as it
 * says, four weeks at most.
 * @throws UNKNOWN_DEVICE; UNAVAILABLE_DEVICE_COMMAND when the device does not take commands of that name
 */
export async function invokeCommand(
  context: Context,
  holder: Holder,
  { target, command, payload, ttl = LONGEST_TTL }: BodyOf<typeof accountInvokeCommand>,
): Promise<ResponseOf<typeof accountInvokeCommand>> {
  const { uid } = holder;
  const targetId = target.toLowerCase();
  await context.storage.transaction(async (tx) => {
    const device = await findDevice(tx, uid, targetId);
    if (device === undefined) throw authError('UNKNOWN_DEVICE');
    if (!Object.hasOwn(device.availableCommands, command)) throw authError('UNAVAILABLE_DEVICE_COMMAND');
    const sender = (await findOwnDevice(tx, holder))?.id ?? null;
    const now = context.clock.now();
    const index = await enqueueCommand(tx, uid, targetId, now, {
      command,
      payload: JSON.stringify(payload),
      sender,
      expiresAt: now + Math.floor(Math.min(ttl, LONGEST_TTL) * 1000),
    });
    if (index === undefined) throw authError('UNKNOWN_DEVICE');
    const message = commandReceived({ command, index, sender: sender ?? '', url: urlOf(context, index) }, ttl);
    await context.push.post(tx, uid, message, { only: [targetId] });
  });
  context.push.wake();
  return { enqueued: true, notified: true };
}

function urlOf({ config }: Context, index: number): string {
  return `${config.publicUrl}${API_ROOT}${accountDeviceCommands.path}?index=${index}&limit=1`;
}
