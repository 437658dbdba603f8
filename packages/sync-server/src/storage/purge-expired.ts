import { prune } from '@foxden/database';
import { sql } from 'kysely';
import { BATCH_LIFETIME_SECONDS } from '../limits.js';
import { centiseconds } from '../timestamp.js';
import type { StorageContext } from './context.js';

/** Deletes records that have expired, which nobody sees any more, and batches that were never committed. */
export async function purgeExpired({ tables, clock }: Pick<StorageContext, 'tables' | 'clock'>): Promise<void> {
  const now = centiseconds(clock.now());
  const oldest = now - BATCH_LIFETIME_SECONDS * 100;
  for (const { db } of tables.storages) {
    await prune(db, 'sync_bsos', ['uid', 'collection', 'id'], sql`expiry <= ${now}`);
    await prune(db, 'sync_batches', ['uid', 'id'], sql`created <= ${oldest}`);
    await prune(
      db,
      'sync_batch_items',
      ['uid', 'batch', 'id'],
      sql`not exists (select 1 from sync_batches b where b.uid = sync_batch_items.uid and b.id = sync_batch_items.batch)`,
    );
  }
}
