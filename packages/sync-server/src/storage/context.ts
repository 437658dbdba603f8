import type { Storage } from '@foxden/database';
import type { Transaction } from 'kysely';
import type { StorageLimits } from '../limits.js';
import type { Clock, Random } from '../surroundings.js';
import type { StorageTables, Tables } from '../tables/index.js';
import { type Centiseconds, centiseconds } from '../timestamp.js';

/** What storage operations work with. */
export interface StorageContext {
  readonly tables: Tables;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: StorageLimits;
  /** Payload bytes that a user may keep; null: any number. */
  readonly quota: number | null;
}

export type StorageTransaction = Transaction<StorageTables>;

/** A user's data at one moment. */
export interface Read {
  readonly tx: StorageTransaction;
  readonly uid: number;
  readonly now: Centiseconds;
}

/** A user's data under a lock that keeps other writes of this user away. */
export interface Locked extends Read {
  /** Time of the user's last write; 0 when there was none. */
  readonly lastModified: Centiseconds;
}

/** A write: everything it touches gets its time, which is later than that of every write before. */
export interface Write extends Locked {
  readonly time: Centiseconds;
}

/** Reads of one consistent moment. */
export function read<T>(context: StorageContext, uid: number, work: (read: Read) => Promise<T>): Promise<T> {
  const now = centiseconds(context.clock.now());
  return context.tables.storageOf(uid).snapshot((tx) => work({ tx, uid, now }));
}

/** Work that must not overlap with a write of the same user, and is none itself. */
export function withLock<T>(context: StorageContext, uid: number, work: (locked: Locked) => Promise<T>): Promise<T> {
  const storage = context.tables.storageOf(uid);
  return storage.transaction(async (tx) => {
    const lastModified = await lockUser(storage.engine, tx, uid);
    // Read only now: who waited for the lock must not carry a time from before it.
    return work({ tx, uid, lastModified, now: centiseconds(context.clock.now()) });
  });
}

/**
 * A write with a time of its own: the clock's, or the next after the user's last one where the clock is behind (sync
 * §4.2). A throw undoes all of it.
 */
export function write<T>(context: StorageContext, uid: number, work: (write: Write) => Promise<T>): Promise<T> {
  return withLock(context, uid, async (locked) => {
    const time = Math.max(locked.now, locked.lastModified + 1);
    const result = await work({ ...locked, time });
    await locked.tx.updateTable('sync_users').set({ modified: time }).where('uid', '=', uid).execute();
    return result;
  });
}

/** Locks the row of a user, made where there is none, and gives the time of the last write. */
async function lockUser(
  engine: Storage<StorageTables>['engine'],
  tx: StorageTransaction,
  uid: number,
): Promise<Centiseconds> {
  const find = () =>
    tx
      .selectFrom('sync_users')
      .select('modified')
      .where('uid', '=', uid)
      .$if(engine === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst();
  const found = await find();
  if (found !== undefined) return found.modified;
  await tx
    .insertInto('sync_users')
    .values({ uid, modified: 0 })
    .onConflict((conflict) => conflict.column('uid').doNothing())
    .execute();
  return (await find())?.modified ?? 0;
}

/** Time of a user's last write; 0 when there was none. */
export async function storeModified({ tx, uid }: Read): Promise<Centiseconds> {
  const row = await tx.selectFrom('sync_users').select('modified').where('uid', '=', uid).executeTakeFirst();
  return row?.modified ?? 0;
}
