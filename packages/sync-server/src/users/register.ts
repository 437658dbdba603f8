import type { Storage } from '@foxden/database';
import type { UserTables } from '../tables/index.js';

const SERVICE = 'sync-1.5';
const PATTERN = '{node}/1.5/{uid}';
/** Users that a node of our own takes. */
const CAPACITY = 100_000;

/** Makes sure of the service and of the node that this server is; gives the service's id. What is there stays. */
export async function registerNode(users: Storage<UserTables>, node: string): Promise<number> {
  return users.transaction(async (tx) => {
    await tx
      .insertInto('services')
      .values({ service: SERVICE, pattern: PATTERN })
      .onConflict((conflict) => conflict.column('service').doNothing())
      .execute();
    const { id } = await tx
      .selectFrom('services')
      .select('id')
      .where('service', '=', SERVICE)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('nodes')
      .values({
        service: id,
        node,
        available: CAPACITY,
        current_load: 0,
        capacity: CAPACITY,
        downed: 0,
        backoff: 0,
      })
      .onConflict((conflict) => conflict.columns(['service', 'node']).doNothing())
      .execute();
    return id;
  });
}
