import type { Context } from '../context.js';
import { CODE_LIFETIME } from './lifetimes.js';
import { deleteAccessTokensBefore } from './store/access-tokens.js';
import { deleteCodesBefore } from './store/codes.js';
import { deleteKeysRetiredBefore } from './store/signing-keys.js';

/** Small enough that a batch holds up nobody. */
const BATCH = 500;

/** Deletes expired codes and access tokens, and signing keys that are no longer published. Answers how many rows went. */
export async function pruneOAuth({ storage, clock }: Pick<Context, 'storage' | 'clock'>): Promise<number> {
  const now = clock.now();
  await deleteKeysRetiredBefore(storage.db, now);
  return (
    (await inBatches((limit) => deleteCodesBefore(storage.db, now - CODE_LIFETIME, limit))) +
    (await inBatches((limit) => deleteAccessTokensBefore(storage.db, now, limit)))
  );
}

async function inBatches(deleteSome: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const deleted = await deleteSome(BATCH);
    total += deleted;
    if (deleted < BATCH) return total;
  }
}
