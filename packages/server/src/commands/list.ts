import { type accountDeviceCommands, COMMANDS_PER_ANSWER, type QueryOf, type ResponseOf } from '@foxden/protocol';
import { findOwnDevice, type Holder } from '../attached/index.js';
import type { Context } from '../context.js';
import { listCommands } from '../devices/index.js';

type Listed = ResponseOf<typeof accountDeviceCommands>;
type Payload = Listed['messages'][number]['data']['payload'];

/** The commands that wait for the caller's device, from an index on (oauth-devices §3.2). Without a device, none do. */
export async function describeCommands(
  context: Context,
  holder: Holder,
  query: QueryOf<typeof accountDeviceCommands>,
): Promise<Listed> {
  const { db } = context.storage;
  const device = await findOwnDevice(db, holder);
  if (device === undefined) return { index: 0, last: true, messages: [] };
  const limit = Number(query.limit ?? COMMANDS_PER_ANSWER);
  const range = { from: Number(query.index ?? 0), now: context.clock.now() };
  // One more than is wanted tells whether it is the last.
  const commands = await listCommands(db, holder.uid, device.id, { ...range, limit: limit + 1 });
  const wanted = commands.slice(0, limit);
  return {
    index: wanted.at(-1)?.index ?? 0,
    last: commands.length === wanted.length,
    messages: wanted.map(({ index, command, payload, sender }) => ({
      index,
      data: { command, payload: JSON.parse(payload) as Payload, ...(sender !== null && { sender }) },
    })),
  };
}
