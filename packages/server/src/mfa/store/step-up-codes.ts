import { fromHex } from '../../storage/hex.js';
import type { Bytes, Database, StepUpCodeRow } from '../../storage/index.js';

/** How long mailed digits work. */
export const STEP_UP_CODE_LIFETIME = 10 * 60 * 1000;
/** How often one mail's digits may be tried. */
const ATTEMPTS = 10;

/** What digits were mailed for. */
export interface StepUp {
  readonly uid: string;
  readonly tokenHash: Bytes;
  readonly action: string;
}

/**
 * Gives the seed of the digits that work now: the one of the mail before while that works, so that the older mail stays
 * right, else the given one.
 */
export async function putSeed(
  db: Database,
  { uid, tokenHash, action }: StepUp,
  seed: Bytes,
  now: number,
): Promise<Bytes> {
  const row: StepUpCodeRow = {
    uid: fromHex(uid),
    sessionTokenHash: tokenHash,
    action,
    seed,
    attempts: 0,
    createdAt: now,
  };
  await db
    .insertInto('stepUpCodes')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['uid', 'sessionTokenHash', 'action'])
        .doUpdateSet({ seed, attempts: 0 })
        .where((eb) =>
          eb.or([
            eb('stepUpCodes.createdAt', '<=', now - STEP_UP_CODE_LIFETIME),
            eb('stepUpCodes.attempts', '>=', ATTEMPTS),
          ]),
        ),
    )
    .execute();
  const kept = await db
    .updateTable('stepUpCodes')
    .set({ createdAt: now })
    .where('uid', '=', row.uid)
    .where('sessionTokenHash', '=', tokenHash)
    .where('action', '=', action)
    .returning('seed')
    .executeTakeFirst();
  return kept?.seed ?? seed;
}

/** Counts an attempt. Gives the seed to compare with, or undefined when no digits work (any more). */
export async function countAttempt(
  db: Database,
  { uid, tokenHash, action }: StepUp,
  now: number,
): Promise<Bytes | undefined> {
  const row = await db
    .updateTable('stepUpCodes')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('uid', '=', fromHex(uid))
    .where('sessionTokenHash', '=', tokenHash)
    .where('action', '=', action)
    .where('attempts', '<', ATTEMPTS)
    .where('createdAt', '>', now - STEP_UP_CODE_LIFETIME)
    .returning('seed')
    .executeTakeFirst();
  return row?.seed;
}

/** Consumes digits. False when another request was first. */
export async function takeSeed(db: Database, { uid, tokenHash, action }: StepUp, seed: Bytes): Promise<boolean> {
  const result = await db
    .deleteFrom('stepUpCodes')
    .where('uid', '=', fromHex(uid))
    .where('sessionTokenHash', '=', tokenHash)
    .where('action', '=', action)
    .where('seed', '=', seed)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function deleteSeeds(db: Database, uid: string): Promise<void> {
  await db.deleteFrom('stepUpCodes').where('uid', '=', fromHex(uid)).execute();
}
