import type { Caller, Context } from '../context.js';
import { authError } from '../errors.js';
import { recordSecurityEvent } from '../security/index.js';
import type { Database } from '../storage/index.js';
import { constantTimeEqual } from '../tokens/index.js';
import { hashRecoveryKeyId } from './key-id.js';
import { deleteRecoveryKeyById, findRecoveryKey } from './store.js';

/**
 * Hands the sealed kB out to whoever may reset the account and holds the recovery key (auth-api §6.12).
 * @throws RECOVERY_KEY_NOT_FOUND when the account has no enabled key; RECOVERY_KEY_INVALID when it is another one
 */
export async function fetchRecoveryData(
  context: Context,
  caller: Caller,
  uid: string,
  recoveryKeyId: string,
): Promise<string> {
  const { db } = context.storage;
  const key = await findRecoveryKey(db, uid);
  if (key === undefined || key.enabled === 0) throw authError('RECOVERY_KEY_NOT_FOUND');
  const matches = constantTimeEqual(key.keyIdHash, hashRecoveryKeyId(recoveryKeyId));
  const name = matches ? 'account.recovery_key_challenge_success' : 'account.recovery_key_challenge_failure';
  await recordSecurityEvent(context, db, caller, { uid, name, verified: matches });
  if (!matches) throw authError('RECOVERY_KEY_INVALID');
  return key.recoveryData;
}

/**
 * Consumes the recovery key that a reset proves, inside its transaction.
 * @throws RECOVERY_KEY_NOT_FOUND, RECOVERY_KEY_INVALID
 */
export async function takeRecoveryKey(tx: Database, uid: string, recoveryKeyId: string): Promise<void> {
  if (await deleteRecoveryKeyById(tx, uid, hashRecoveryKeyId(recoveryKeyId))) return;
  const other = await findRecoveryKey(tx, uid);
  throw authError(other?.enabled === 1 ? 'RECOVERY_KEY_INVALID' : 'RECOVERY_KEY_NOT_FOUND');
}
