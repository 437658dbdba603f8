import type { Caller, Context } from '../context.js';
import { markPasswordForgotToken, type PasswordForgotToken } from '../credentials/index.js';
import { authError } from '../errors.js';
import { VERIFICATION_METHODS } from '../sessions/index.js';
import type { Database } from '../storage/index.js';
import { useBackupCodeFor } from './use-backup-code.js';
import { countWrongTotp, verifyTotpFor } from './verify-totp.js';

/**
 * Proves the authenticator within a password reset; false for a wrong code (auth-api §6.6, `/totp/verify`).
 * @throws TOTP_NOT_FOUND
 */
export async function verifyResetTotp(
  context: Context,
  caller: Caller,
  token: PasswordForgotToken,
  code: string,
): Promise<boolean> {
  const verified = await context.storage.transaction(async (tx) => {
    if (!(await verifyTotpFor(context, tx, caller, token.uid, code))) return false;
    await mark(tx, token, VERIFICATION_METHODS['totp-2fa']);
    return true;
  });
  if (!verified) await countWrongTotp(context, caller, token.uid);
  return verified;
}

/**
 * Proves a backup code within a password reset and gives how many are left (auth-api §6.6, `/totp/verify/recoveryCode`).
 * @throws BACKUP_CODE_NOT_FOUND
 */
export async function verifyResetBackupCode(
  context: Context,
  caller: Caller,
  token: PasswordForgotToken,
  code: string,
): Promise<number> {
  const remaining = await context.storage.transaction(async (tx) => {
    const left = await useBackupCodeFor(context, tx, caller, token.uid, code);
    await mark(tx, token, VERIFICATION_METHODS['recovery-code']);
    return left;
  });
  context.mail.wake();
  return remaining;
}

/** @throws INVALID_TOKEN when the reset ended meanwhile */
async function mark(tx: Database, token: PasswordForgotToken, method: number): Promise<void> {
  if (!(await markPasswordForgotToken(tx, token, method))) throw authError('INVALID_TOKEN');
}
