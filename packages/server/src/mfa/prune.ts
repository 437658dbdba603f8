import { sql } from 'kysely';
import type { Context } from '../context.js';
import { prune } from '../storage/index.js';
import { PENDING_LIFETIME } from './store/pending-secrets.js';
import { STEP_UP_CODE_LIFETIME } from './store/step-up-codes.js';

/** Deletes authenticators that nobody finished to set up, and digits that nobody typed. */
export async function pruneSecondFactors(context: Pick<Context, 'storage' | 'clock'>): Promise<void> {
  const now = context.clock.now();
  const { db } = context.storage;
  const expired = (lifetime: number) => sql<boolean>`"createdAt" <= ${now - lifetime}`;
  await prune(db, 'pendingTotpSecrets', ['uid', 'sessionTokenHash'], expired(PENDING_LIFETIME));
  await prune(db, 'stepUpCodes', ['uid', 'sessionTokenHash', 'action'], expired(STEP_UP_CODE_LIFETIME));
}
