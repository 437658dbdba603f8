import type { Storage } from '@foxden/database';
import { sql } from 'kysely';
import type { UserTables } from '../tables/index.js';
import { emailOf, type UsersContext, type UsersTransaction } from './context.js';

/** A row of the table of users, with the URL of its node where that still exists. */
export interface UserRow {
  readonly uid: number;
  readonly generation: bigint;
  readonly clientState: string;
  readonly createdAt: number;
  readonly replacedAt: number | null;
  readonly keysChangedAt: bigint | undefined;
  readonly nodeId: number;
  readonly nodeUrl: string | undefined;
}

/** What a row begins with. */
export type NewUser = Pick<UserRow, 'generation' | 'clientState' | 'keysChangedAt' | 'nodeId' | 'createdAt'>;

/** Keeps other requests of the account away until the transaction ends, so that it never gets two rows at once. */
export async function lockAccount(
  engine: Storage<UserTables>['engine'],
  tx: UsersTransaction,
  fxaUid: string,
): Promise<void> {
  if (engine === 'postgres') await sql`select pg_advisory_xact_lock(hashtextextended(${fxaUid}, 0))`.execute(tx);
}

/** Every row of an account, the current one first: the greatest generation, of those the youngest. */
export async function findRows(context: UsersContext, tx: UsersTransaction, fxaUid: string): Promise<UserRow[]> {
  // 64 bits are more than a number holds, so they travel as text.
  const { rows } = await sql<{
    uid: number;
    generation: string;
    client_state: string;
    created_at: number;
    replaced_at: number | null;
    keys_changed_at: string | null;
    nodeid: number;
    node: string | null;
  }>`
    select u.uid, cast(u.generation as text) as generation, u.client_state, u.created_at, u.replaced_at,
      cast(u.keys_changed_at as text) as keys_changed_at, u.nodeid, n.node
    from users u left join nodes n on n.id = u.nodeid
    where u.email = ${emailOf(context, fxaUid)} and u.service = ${context.service}
    order by u.generation desc, u.created_at desc, u.uid desc`.execute(tx);
  return rows.map((row) => ({
    uid: row.uid,
    generation: BigInt(row.generation),
    clientState: row.client_state,
    createdAt: row.created_at,
    replacedAt: row.replaced_at,
    keysChangedAt: row.keys_changed_at === null ? undefined : BigInt(row.keys_changed_at),
    nodeId: row.nodeid,
    nodeUrl: row.node ?? undefined,
  }));
}

/** Adds a row and gives its uid. */
export async function insertUser(
  context: UsersContext,
  tx: UsersTransaction,
  fxaUid: string,
  user: NewUser,
): Promise<number> {
  const { uid } = await tx
    .insertInto('users')
    .values({
      service: context.service,
      email: emailOf(context, fxaUid),
      generation: user.generation,
      client_state: user.clientState,
      created_at: user.createdAt,
      replaced_at: null,
      nodeid: user.nodeId,
      keys_changed_at: user.keysChangedAt ?? null,
    })
    .returning('uid')
    .executeTakeFirstOrThrow();
  return uid;
}

/** Marks a row as left behind, if it is not yet. */
export async function markReplaced(tx: UsersTransaction, uid: number, replacedAt: number): Promise<void> {
  await tx
    .updateTable('users')
    .set({ replaced_at: replacedAt })
    .where('uid', '=', uid)
    .where('replaced_at', 'is', null)
    .execute();
}

/** Moves the times of a live row forward, never back. */
export async function advance(
  tx: UsersTransaction,
  uid: number,
  { generation, keysChangedAt }: { readonly generation: bigint; readonly keysChangedAt: bigint | undefined },
): Promise<void> {
  await sql`
    update users set generation = ${generation}, keys_changed_at = ${keysChangedAt ?? null}
    where uid = ${uid} and replaced_at is null and generation <= ${generation}
      and (keys_changed_at is null or keys_changed_at <= ${keysChangedAt ?? 0n})`.execute(tx);
}
