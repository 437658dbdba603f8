import { type SqlBool, sql } from 'kysely';
import { type Database, prune } from '../storage/index.js';

/** A counter to move by one. */
export interface Counter {
  readonly key: string;
  /** End of the window that begins if this is its first attempt. */
  readonly windowEndsAt: number;
}

/**
 * Counts one attempt on every counter and gives the new counts. Counts nothing when a guard is blocked, and leaves out a
 * counter that another process blocks meanwhile. One statement, so that attempts in several processes are counted one
 * after the other. A counter whose window or block has ended begins anew.
 */
export async function countAttempts(
  db: Database,
  counters: readonly Counter[],
  guards: readonly string[],
  now: number,
): Promise<{ key: string; count: number }[]> {
  // Both engines name the columns of VALUES column1, column2; PostgreSQL needs to be told the type of a parameter here.
  const attempts = counters.map(({ key, windowEndsAt }) => sql`(${key}, cast(${windowEndsAt} as bigint))`);
  const restarts = sql`(kept."blockedUntil" > 0 or kept."windowEndsAt" <= ${now})`;
  const { rows } = await sql<{ key: string; count: number }>`
    insert into limits as kept ("key", "count", "windowEndsAt", "blockedUntil")
    select attempt.column1, 1, attempt.column2, 0
    from (values ${sql.join(attempts)}) as attempt
    where not exists (
      select 1 from limits as guard where guard."key" in (${sql.join(guards)}) and guard."blockedUntil" > ${now}
    )
    on conflict ("key") do update set
      "count" = case when ${restarts} then 1 else kept."count" + 1 end,
      "windowEndsAt" = case when ${restarts} then excluded."windowEndsAt" else kept."windowEndsAt" end,
      "blockedUntil" = 0
    where kept."blockedUntil" <= ${now}
    returning "key", "count"
  `.execute(db);
  return rows;
}

/** Blocks keys until a time; a block that lasts longer stays. */
export async function setBlocks(db: Database, blocks: ReadonlyMap<string, number>): Promise<void> {
  await db
    .insertInto('limits')
    .values([...blocks].map(([key, until]) => ({ key, count: 0, windowEndsAt: until, blockedUntil: until })))
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((eb) => ({ blockedUntil: eb.ref('excluded.blockedUntil') }))
        .whereRef('limits.blockedUntil', '<', 'excluded.blockedUntil'),
    )
    .execute();
}

/** Which of the keys are blocked, and until when. */
export async function findBlocks(db: Database, keys: readonly string[], now: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('limits')
    .select(['key', 'blockedUntil'])
    .where('key', 'in', keys)
    .where('blockedUntil', '>', now)
    .execute();
  return new Map(rows.map(({ key, blockedUntil }) => [key, blockedUntil]));
}

/** Deletes counters and blocks by key, and by what keys begin with. */
export async function deleteKeys(db: Database, keys: readonly string[], prefixes: readonly string[]): Promise<void> {
  await db
    .deleteFrom('limits')
    .where((eb) =>
      eb.or([
        eb('key', 'in', keys),
        // Keys are ASCII below "~" and compared byte by byte, so this range is the prefix and uses the index.
        ...prefixes.map((prefix) => eb.and([eb('key', '>=', prefix), eb('key', '<', `${prefix}~`)])),
      ]),
    )
    .execute();
}

/** Deletes what means nothing any more; gives the number of rows. */
export function deleteExpired(db: Database, now: number): Promise<number> {
  return prune(db, 'limits', ['key'], sql<SqlBool>`"windowEndsAt" <= ${now} and "blockedUntil" <= ${now}`);
}
