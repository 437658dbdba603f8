import type { Caller, Context } from '../context.js';
import { findPrimaryEmail, postNewDeviceLogin } from '../emails/index.js';
import { raiseSession, type Session } from '../sessions/index.js';
import type { Database } from '../storage/index.js';
import { wakeDelivery } from './announce-change.js';
import { completeSetupWithCode } from './complete-setup.js';
import { findTotpToken } from './store/totp-tokens.js';
import { useBackupCodeFor } from './use-backup-code.js';
import { countWrongTotp, verifyTotpFor } from './verify-totp.js';

/**
 * Verifies a session with a code of the authenticator; false for a wrong one (auth-api §6.7, `/session/verify/totp`).
 * Where two-step authentication is not on, the code finishes its set-up.
 * @throws TOTP_NOT_FOUND
 */
export async function verifySessionTotp(
  context: Context,
  caller: Caller,
  session: Session,
  request: { code: string; service?: string | undefined },
): Promise<boolean> {
  const { code, service } = request;
  const verified = await context.storage.transaction(async (tx) => {
    if ((await findTotpToken(tx, session.uid)) === undefined) {
      return completeSetupWithCode(context, tx, caller, session, code, service);
    }
    if (!(await verifyTotpFor(context, tx, caller, session.uid, code))) return false;
    await raiseSession(context, tx, caller, session, 'totp-2fa');
    if (!session.tokenVerified) await tellOfSignIn(context, tx, caller, session, service);
    return true;
  });
  if (!verified) await countWrongTotp(context, caller, session.uid);
  wakeDelivery(context);
  return verified;
}

/**
 * Verifies a session with a backup code and gives how many are left (auth-api §6.7, `/session/verify/recoveryCode`).
 * @throws BACKUP_CODE_NOT_FOUND
 */
export async function verifySessionBackupCode(
  context: Context,
  caller: Caller,
  session: Session,
  code: string,
): Promise<number> {
  const remaining = await context.storage.transaction(async (tx) => {
    const left = await useBackupCodeFor(context, tx, caller, session.uid, code);
    await raiseSession(context, tx, caller, session, 'recovery-code');
    return left;
  });
  context.mail.wake();
  context.push.wake();
  return remaining;
}

async function tellOfSignIn(
  context: Context,
  tx: Database,
  caller: Caller,
  session: Session,
  service: string | undefined,
): Promise<void> {
  const email = await findPrimaryEmail(tx, session.uid);
  if (email !== undefined) await postNewDeviceLogin(context, tx, caller, email, service);
}
