import { WeaveError } from '../errors.js';
import type { Centiseconds } from '../timestamp.js';
import { appendToBatch, applyBatch, openBatch, requireBatch } from './batches.js';
import { collectionModified, touchCollection, usedBytes } from './collections.js';
import { type StorageContext, type Write, withLock, write } from './context.js';
import { type Preconditions, requirePreconditions } from './preconditions.js';
import { findRecord } from './read-records.js';
import type { RecordChange } from './record.js';
import { writeRecords } from './write-records.js';

/**
 * Writes records to a collection at once.
 * @returns the time they got
 * @throws WeaveError MODIFIED, OVER_QUOTA; nothing is written then
 */
export function postRecords(
  context: StorageContext,
  uid: number,
  collection: string,
  changes: readonly RecordChange[],
  preconditions: Preconditions,
): Promise<Centiseconds> {
  return write(context, uid, async (own) => {
    requirePreconditions(preconditions, (await collectionModified(own, collection)) ?? 0);
    await writeRecords(own, collection, changes);
    return finish(context, own, collection);
  });
}

/** As {@link postRecords} for one record, whose own time the preconditions are about. */
export function putRecord(
  context: StorageContext,
  uid: number,
  collection: string,
  change: RecordChange,
  preconditions: Preconditions,
): Promise<Centiseconds> {
  return write(context, uid, async (own) => {
    if (preconditions.unmodifiedSince !== undefined) {
      requirePreconditions(preconditions, (await findRecord(own, collection, change.id))?.modified ?? 0);
    }
    await writeRecords(own, collection, [change]);
    return finish(context, own, collection);
  });
}

/**
 * Adds records to a batch, opened where no id is given. Nobody sees them before it is committed.
 * @returns the batch's id and the time of its collection, which does not change
 * @throws WeaveError MODIFIED, BAD_REQUEST for a batch that is not there, LIMIT_EXCEEDED
 */
export function addToBatch(
  context: StorageContext,
  uid: number,
  collection: string,
  batchId: string | undefined,
  changes: readonly RecordChange[],
  preconditions: Preconditions,
): Promise<{ readonly batch: string; readonly modified: Centiseconds }> {
  return withLock(context, uid, async (own) => {
    const modified = (await collectionModified(own, collection)) ?? 0;
    requirePreconditions(preconditions, modified);
    const batch =
      batchId === undefined ? await openBatch(context, own, collection) : await requireBatch(own, collection, batchId);
    await appendToBatch(context, own, batch, changes);
    return { batch: batch.id, modified };
  });
}

/**
 * Adds the last records to a batch and applies all of it: everything or nothing, with one time.
 * @throws WeaveError MODIFIED, BAD_REQUEST for a batch that is not there, LIMIT_EXCEEDED, OVER_QUOTA
 */
export function commitBatch(
  context: StorageContext,
  uid: number,
  collection: string,
  batchId: string,
  changes: readonly RecordChange[],
  preconditions: Preconditions,
): Promise<Centiseconds> {
  return write(context, uid, async (own) => {
    requirePreconditions(preconditions, (await collectionModified(own, collection)) ?? 0);
    const batch = await requireBatch(own, collection, batchId);
    await appendToBatch(context, own, batch, changes);
    await applyBatch(own, collection, batch);
    return finish(context, own, collection);
  });
}

async function finish({ quota }: StorageContext, own: Write, collection: string): Promise<Centiseconds> {
  await touchCollection(own, collection);
  if (quota !== null && (await usedBytes(own)) > quota) throw new WeaveError('OVER_QUOTA');
  return own.time;
}
