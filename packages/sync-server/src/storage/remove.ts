import { WeaveError } from '../errors.js';
import type { Centiseconds } from '../timestamp.js';
import { deleteBatches } from './batches.js';
import { collectionModified, touchCollection } from './collections.js';
import { type StorageContext, type Write, withLock, write } from './context.js';
import { type Preconditions, requirePreconditions } from './preconditions.js';
import { findRecord } from './read-records.js';

/**
 * Deletes records by id, or a whole collection, which then does not exist any more.
 * @returns the time of the deletion
 * @throws WeaveError MODIFIED
 */
export function deleteRecords(
  context: StorageContext,
  uid: number,
  collection: string,
  ids: readonly string[] | undefined,
  preconditions: Preconditions,
): Promise<Centiseconds> {
  return write(context, uid, async (own) => {
    const modified = await collectionModified(own, collection);
    requirePreconditions(preconditions, modified ?? 0);
    if (ids === undefined) await deleteCollection(own, collection);
    else if (modified !== undefined) {
      await deleteIds(own, collection, ids);
      await touchCollection(own, collection);
    }
    return own.time;
  });
}

/**
 * Deletes a record.
 * @throws WeaveError NOT_FOUND, MODIFIED
 */
export function deleteRecord(
  context: StorageContext,
  uid: number,
  collection: string,
  id: string,
  preconditions: Preconditions,
): Promise<Centiseconds> {
  return write(context, uid, async (own) => {
    const found = await findRecord(own, collection, id);
    requirePreconditions(preconditions, found?.modified ?? 0);
    if (found === undefined) throw new WeaveError('NOT_FOUND');
    await deleteIds(own, collection, [id]);
    await touchCollection(own, collection);
    return own.time;
  });
}

/**
 * Deletes everything of a user but the time of the last write, so that no time ever comes again.
 * @throws WeaveError MODIFIED
 */
export function deleteEverything(
  context: StorageContext,
  uid: number,
  preconditions: Preconditions,
): Promise<Centiseconds> {
  return write(context, uid, async (own) => {
    requirePreconditions(preconditions, own.lastModified);
    await deleteBatches(own);
    await own.tx.deleteFrom('sync_bsos').where('uid', '=', uid).execute();
    await own.tx.deleteFrom('sync_collections').where('uid', '=', uid).execute();
    return own.time;
  });
}

/** Deletes everything of a user whose uid is never used again, and the user. */
export async function purgeUser(context: StorageContext, uid: number): Promise<void> {
  await deleteEverything(context, uid, {});
  await withLock(context, uid, ({ tx }) => tx.deleteFrom('sync_users').where('uid', '=', uid).execute());
}

async function deleteCollection(own: Write, collection: string): Promise<void> {
  const { tx, uid } = own;
  await deleteBatches(own, collection);
  await tx.deleteFrom('sync_bsos').where('uid', '=', uid).where('collection', '=', collection).execute();
  await tx.deleteFrom('sync_collections').where('uid', '=', uid).where('name', '=', collection).execute();
}

async function deleteIds({ tx, uid }: Write, collection: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .deleteFrom('sync_bsos')
    .where('uid', '=', uid)
    .where('collection', '=', collection)
    .where('id', 'in', ids)
    .execute();
}
