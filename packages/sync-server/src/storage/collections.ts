import { preparer } from '@foxden/database';
import { sql } from 'kysely';
import type { StorageTables } from '../tables/index.js';
import type { Centiseconds } from '../timestamp.js';
import type { Read, Write } from './context.js';

const selectModified = preparer<StorageTables>()((db, uid: number, name: string) =>
  db.selectFrom('sync_collections').select('modified').where('uid', '=', uid).where('name', '=', name),
);

/** When a collection was last written; undefined when it does not exist. */
export async function collectionModified({ tx, uid }: Read, name: string): Promise<Centiseconds | undefined> {
  return (await selectModified(tx, uid, name)).rows[0]?.modified;
}

/** Gives a collection the time of a write, and makes it where there is none. */
export async function touchCollection({ tx, uid, time }: Write, name: string): Promise<void> {
  await tx
    .insertInto('sync_collections')
    .values({ uid, name, modified: time })
    .onConflict((conflict) => conflict.columns(['uid', 'name']).doUpdateSet({ modified: time }))
    .execute();
}

/** Every collection with the time of its last write. */
export async function listCollections({ tx, uid }: Read): Promise<{ name: string; modified: Centiseconds }[]> {
  return tx
    .selectFrom('sync_collections')
    .select(['name', 'modified'])
    .where('uid', '=', uid)
    .orderBy('name')
    .execute();
}

/** Number of records and bytes of their payloads, by collection; collections without records are left out. */
export async function measureCollections({
  tx,
  uid,
  now,
}: Read): Promise<{ name: string; count: number; bytes: number }[]> {
  const { rows } = await sql<{ name: string; count: number; bytes: number }>`
    select collection as name, count(*) as count, sum(size) as bytes from sync_bsos
    where uid = ${uid} and (expiry is null or expiry > ${now}) group by collection order by collection`.execute(tx);
  return rows;
}

/** Bytes of all payloads of a user. */
export async function usedBytes({ tx, uid, now }: Read): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(size), 0) as bytes from sync_bsos
    where uid = ${uid} and (expiry is null or expiry > ${now})`.execute(tx);
  return rows[0]?.bytes ?? 0;
}
