import { normalizeEmail } from '@foxden/protocol';
import { sql } from 'kysely';
import { type Database, prune } from '../../storage/index.js';

/** What came back: never deliverable, not deliverable for now, or unwanted by its reader. */
export type BounceKind = 'hard' | 'soft' | 'complaint';

export interface Bounce {
  readonly kind: BounceKind;
  /** Milliseconds since the epoch. */
  readonly bouncedAt: number;
}

/** Remembers that a mail to an address came back; the newest of each kind counts. */
export async function recordBounce(db: Database, email: string, { kind, bouncedAt }: Bounce): Promise<void> {
  await db
    .insertInto('bounces')
    .values({ normalizedEmail: normalizeEmail(email), kind, bouncedAt })
    .onConflict((conflict) => conflict.columns(['normalizedEmail', 'kind']).doUpdateSet({ bouncedAt }))
    .execute();
}

/** What came back from an address. */
export async function findBounces(db: Database, email: string): Promise<Bounce[]> {
  const rows = await db
    .selectFrom('bounces')
    .select(['kind', 'bouncedAt'])
    .where('normalizedEmail', '=', normalizeEmail(email))
    .execute();
  return rows.map(({ kind, bouncedAt }) => ({ kind: kind as BounceKind, bouncedAt }));
}

/** Deletes what is older than any kind counts; gives the number of rows. */
export function deleteOldBounces(db: Database, before: number): Promise<number> {
  return prune(db, 'bounces', ['normalizedEmail', 'kind'], sql`"bouncedAt" < ${before}`);
}
