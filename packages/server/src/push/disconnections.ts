import type { Context } from '../context.js';
import { listDevices } from '../devices/index.js';
import type { Database } from '../storage/index.js';
import { deviceDisconnected } from './messages.js';

/**
 * Does what may take devices of an account away, and tells the devices that it had which of them went, those included
 * (oauth-devices §3.2). Inside a transaction that holds the account; wake `context.push` after the commit.
 * @param uid hex, 32 digits
 */
export async function tellingDisconnections<T>(
  context: Pick<Context, 'push'>,
  tx: Database,
  uid: string,
  work: () => Promise<T>,
): Promise<T> {
  const before = await listDevices(tx, uid);
  const result = await work();
  const left = new Set((await listDevices(tx, uid)).map(({ id }) => id));
  for (const { id } of before) {
    if (!left.has(id)) await context.push.post(tx, uid, deviceDisconnected(id), { among: before });
  }
  return result;
}
