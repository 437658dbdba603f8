import { sql } from 'kysely';
import type { UsersContext, UsersTransaction } from './context.js';
import { TokenError } from './token-error.js';

/** A place where users' data are. */
export interface Node {
  readonly id: number;
  readonly url: string;
}

const ROUNDS = 5;

/**
 * Gives a new user the node with the least load of those that take users; where all are full, some of their capacity is
 * released first (sync §2.4).
 * @throws TokenError NO_NODE
 */
export async function allocateNode(context: UsersContext, tx: UsersTransaction): Promise<Node> {
  for (let round = 0; round < ROUNDS; round++) {
    const node = await leastLoaded(context, tx);
    if (node !== undefined) {
      await sql`update nodes set current_load = current_load + 1,
        available = case when available > 1 then available - 1 else 0 end where id = ${node.id}`.execute(tx);
      return node;
    }
    if (!(await releaseCapacity(context, tx))) break;
  }
  throw new TokenError('NO_NODE');
}

async function leastLoaded({ service }: UsersContext, tx: UsersTransaction): Promise<Node | undefined> {
  const rows = await tx
    .selectFrom('nodes')
    .select(['id', 'node', 'current_load', 'capacity'])
    .where('service', '=', service)
    .where('available', '>', 0)
    .whereRef('capacity', '>', 'current_load')
    .where('downed', '=', 0)
    .where('backoff', '=', 0)
    .orderBy('id')
    .execute();
  const [first, ...others] = rows;
  if (first === undefined) return undefined;
  const least = others.reduce((best, row) => (load(row) < load(best) ? row : best), first);
  return { id: least.id, url: least.node };
}

function load({ current_load, capacity }: { current_load: number; capacity: number }): number {
  return current_load === 0 ? -1 : Math.log(current_load) / Math.log(capacity);
}

async function releaseCapacity({ service, releaseRate }: UsersContext, tx: UsersTransaction): Promise<boolean> {
  const full = await tx
    .selectFrom('nodes')
    .select(['id', 'current_load', 'capacity'])
    .where('service', '=', service)
    .where('available', '<=', 0)
    .whereRef('capacity', '>', 'current_load')
    .where('downed', '=', 0)
    .execute();
  for (const { id, current_load, capacity } of full) {
    const available = Math.min(Math.ceil(capacity * releaseRate), capacity - current_load);
    await tx.updateTable('nodes').set({ available }).where('id', '=', id).execute();
  }
  return full.length > 0;
}
