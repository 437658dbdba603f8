import { fromHex } from '../../storage/hex.js';
import type { Bytes, Database, PendingTotpSecretRow } from '../../storage/index.js';

/** How long a secret may wait to be confirmed (auth-api §6.10). */
export const PENDING_LIFETIME = 60 * 60 * 1000;

/** The session that a secret was shown to. */
interface Holder {
  readonly uid: string;
  readonly tokenHash: Bytes;
}

/** Keeps a secret for a session in place of the one before. */
export async function putPendingSecret(db: Database, row: PendingTotpSecretRow): Promise<void> {
  const { sealedSecret, acceptedStep, createdAt } = row;
  await db
    .insertInto('pendingTotpSecrets')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['uid', 'sessionTokenHash']).doUpdateSet({ sealedSecret, acceptedStep, createdAt }),
    )
    .execute();
}

/** The secret that waits for this session to confirm it, unless it has waited too long. */
export async function findPendingSecret(
  db: Database,
  { uid, tokenHash }: Holder,
  now: number,
): Promise<PendingTotpSecretRow | undefined> {
  return db
    .selectFrom('pendingTotpSecrets')
    .selectAll()
    .where('uid', '=', fromHex(uid))
    .where('sessionTokenHash', '=', tokenHash)
    .where('createdAt', '>', now - PENDING_LIFETIME)
    .executeTakeFirst();
}

/** Whether any session of the account is setting an authenticator up. */
export async function hasPendingSecret(db: Database, uid: string, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('pendingTotpSecrets')
    .select('createdAt')
    .where('uid', '=', fromHex(uid))
    .where('createdAt', '>', now - PENDING_LIFETIME)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes that the authenticator made the code of a step. False when that code, or a later one, was given before. */
export async function takePendingStep(db: Database, pending: PendingTotpSecretRow, step: number): Promise<boolean> {
  const result = await db
    .updateTable('pendingTotpSecrets')
    .set({ acceptedStep: step })
    .where('uid', '=', pending.uid)
    .where('sessionTokenHash', '=', pending.sessionTokenHash)
    .where('sealedSecret', '=', pending.sealedSecret)
    .where((eb) => eb.or([eb('acceptedStep', 'is', null), eb('acceptedStep', '<', step)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Forgets every secret that waits, at once with the decision for one of them. */
export async function deletePendingSecrets(db: Database, uid: string): Promise<void> {
  await db.deleteFrom('pendingTotpSecrets').where('uid', '=', fromHex(uid)).execute();
}
