import type { StorageContext } from '../storage/index.js';
import { purgeUser } from '../storage/index.js';
import type { UsersContext } from './context.js';

/** How long a user whose keys were replaced is kept, milliseconds: devices may still finish what they were uploading. */
const GRACE = 24 * 3600 * 1000;
const BATCH = 100;

/**
 * Deletes users that were replaced more than a day ago, with their data. Data on other nodes are left to those.
 * @param ownNode URL of this server's node
 */
export async function purgeReplaced(context: UsersContext & StorageContext, ownNode: string): Promise<void> {
  const { db } = context.tables.users;
  const before = context.clock.now() - GRACE;
  for (;;) {
    const rows = await db
      .selectFrom('users as u')
      .innerJoin('nodes as n', 'n.id', 'u.nodeid')
      .select('u.uid')
      .where('u.service', '=', context.service)
      .where('u.replaced_at', '<', before)
      .where('n.node', '=', ownNode)
      .limit(BATCH)
      .execute();
    for (const { uid } of rows) {
      await purgeUser(context, uid);
      await db.deleteFrom('users').where('uid', '=', uid).execute();
    }
    if (rows.length < BATCH) return;
  }
}
