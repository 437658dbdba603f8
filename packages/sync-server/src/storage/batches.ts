import { WeaveError } from '../errors.js';
import { BATCH_LIFETIME_SECONDS } from '../limits.js';
import type { Locked, StorageContext, Write } from './context.js';
import type { RecordChange } from './record.js';
import { writeRecords } from './write-records.js';

/** An upload that is not committed yet. */
interface Batch {
  readonly id: string;
  readonly records: number;
  readonly bytes: number;
}

const BATCH_ID_BYTES = 16;
/** Items that are moved at once when a batch is committed. */
const CHUNK = 100;

/** Opens a batch; its id cannot be guessed and is never given out again. */
export async function openBatch(context: StorageContext, { tx, uid, now }: Locked, collection: string): Promise<Batch> {
  const batch = {
    id: Buffer.from(context.random.bytes(BATCH_ID_BYTES)).toString('base64url'),
    records: 0,
    bytes: 0,
  };
  await tx
    .insertInto('sync_batches')
    .values({ ...batch, uid, collection, created: now })
    .execute();
  return batch;
}

/**
 * An open batch of a collection.
 * @throws WeaveError BAD_REQUEST when there is none: unknown, too old, committed, or another collection's
 */
export async function requireBatch({ tx, uid, now }: Locked, collection: string, id: string): Promise<Batch> {
  const batch = await tx
    .selectFrom('sync_batches')
    .select(['id', 'records', 'bytes'])
    .where('uid', '=', uid)
    .where('id', '=', id)
    .where('collection', '=', collection)
    .where('created', '>', now - BATCH_LIFETIME_SECONDS * 100)
    .executeTakeFirst();
  if (batch === undefined) throw new WeaveError('BAD_REQUEST');
  return batch;
}

/**
 * Adds changes to a batch. Where an id comes again, the later members win.
 * @throws WeaveError LIMIT_EXCEEDED when the whole batch would be too much
 */
export async function appendToBatch(
  { limits }: StorageContext,
  { tx, uid }: Locked,
  batch: Batch,
  changes: readonly RecordChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const records = batch.records + changes.length;
  const bytes = changes.reduce((sum, { payload = '' }) => sum + Buffer.byteLength(payload), batch.bytes);
  if (records > limits.max_total_records || bytes > limits.max_total_bytes) throw new WeaveError('LIMIT_EXCEEDED');
  await tx
    .updateTable('sync_batches')
    .set({ records, bytes })
    .where('uid', '=', uid)
    .where('id', '=', batch.id)
    .execute();
  await tx
    .insertInto('sync_batch_items')
    .values(
      changes.map(({ id, payload = null, sortindex = null, ttl = null }) => ({
        uid,
        batch: batch.id,
        id,
        sortindex,
        ttl,
        payload,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['uid', 'batch', 'id']).doUpdateSet(({ fn }) => ({
        payload: fn.coalesce('excluded.payload', 'sync_batch_items.payload'),
        sortindex: fn.coalesce('excluded.sortindex', 'sync_batch_items.sortindex'),
        ttl: fn.coalesce('excluded.ttl', 'sync_batch_items.ttl'),
      })),
    )
    .execute();
}

/** Writes everything in a batch to its collection, all with the time of this write, and forgets the batch. */
export async function applyBatch(write: Write, collection: string, batch: Batch): Promise<void> {
  const { tx, uid } = write;
  for (let after = ''; ; ) {
    const items = await tx
      .selectFrom('sync_batch_items')
      .select(['id', 'payload', 'sortindex', 'ttl'])
      .where('uid', '=', uid)
      .where('batch', '=', batch.id)
      .where('id', '>', after)
      .orderBy('id')
      .limit(CHUNK)
      .execute();
    const changes = items.map(({ id, payload, sortindex, ttl }) => ({
      id,
      payload: payload ?? undefined,
      sortindex: sortindex ?? undefined,
      ttl: ttl ?? undefined,
    }));
    await writeRecords(write, collection, changes, { stampAll: true });
    const last = items.at(-1);
    if (last === undefined || items.length < CHUNK) break;
    after = last.id;
  }
  await deleteBatch(write, batch.id);
}

async function deleteBatch({ tx, uid }: Write, id: string): Promise<void> {
  await tx.deleteFrom('sync_batch_items').where('uid', '=', uid).where('batch', '=', id).execute();
  await tx.deleteFrom('sync_batches').where('uid', '=', uid).where('id', '=', id).execute();
}

/** Forgets the open batches of a user: of one collection, or all. */
export async function deleteBatches({ tx, uid }: Write, collection?: string): Promise<void> {
  const own = tx
    .selectFrom('sync_batches')
    .select('id')
    .where('uid', '=', uid)
    .$if(collection !== undefined, (query) => query.where('collection', '=', collection ?? ''));
  await tx.deleteFrom('sync_batch_items').where('uid', '=', uid).where('batch', 'in', own).execute();
  await tx
    .deleteFrom('sync_batches')
    .where('uid', '=', uid)
    .$if(collection !== undefined, (query) => query.where('collection', '=', collection ?? ''))
    .execute();
}
