import type { Caller, Context } from '../context.js';
import { causeOf, postSecurityNotice } from '../emails/index.js';
import { authError } from '../errors.js';
import { recordSecurityEvent } from '../security/index.js';
import type { Database } from '../storage/index.js';
import { FEW_CODES, hashBackupCode } from './backup-codes.js';
import { countCodes, takeCode } from './store/backup-codes.js';
import { findTotpToken } from './store/totp-tokens.js';

/**
 * Uses a backup code up in place of the authenticator, inside the transaction of what it allows, and tells its owner.
 * Gives how many are left.
 * @throws BACKUP_CODE_NOT_FOUND, also while two-step authentication is not on
 */
export async function useBackupCodeFor(
  context: Context,
  tx: Database,
  caller: Caller,
  uid: string,
  code: string,
): Promise<number> {
  const isOn = (await findTotpToken(tx, uid)) !== undefined;
  if (!isOn || !(await takeCode(tx, uid, hashBackupCode(context, uid, code)))) throw authError('BACKUP_CODE_NOT_FOUND');
  const remaining = await countCodes(tx, uid);
  await recordSecurityEvent(context, tx, caller, {
    uid,
    name: 'account.recovery_codes_signin_complete',
    verified: true,
  });
  const values = { ...causeOf(context, caller), remaining };
  await postSecurityNotice(context, tx, caller, { uid, template: 'postSigninRecoveryCode', values });
  if (remaining <= FEW_CODES) {
    await postSecurityNotice(context, tx, caller, { uid, template: 'lowRecoveryCodes', values: { remaining } });
  }
  return remaining;
}
