import { findAccount } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { authError } from '../errors.js';
import { accountDestroyed } from '../push/index.js';
import { requireSecondFactor, requireVerifiedSession, type Session } from '../sessions/index.js';
import { checkAccountPassword, type PasswordProof } from './check-password.js';
import { deleteAccount } from './delete.js';
import { isAddressOf } from './is-address-of.js';

/**
 * Deletes the account of a session, on fresh proof of its password (auth-api §6.1). One that was never confirmed holds
 * nothing that more proof would protect, and PyFxA expects that it can be deleted.
 * @throws INSUFFICIENT_AAL, UNVERIFIED_SESSION, UNKNOWN_ACCOUNT for another account's address, what
 *   {@link checkAccountPassword} throws
 */
export async function destroyAccount(
  context: Context,
  caller: Caller,
  session: Session,
  proof: PasswordProof,
): Promise<void> {
  requireSecondFactor(session);
  if (session.emailVerified) requireVerifiedSession(session);
  const account = await findAccount(context.storage.db, session.uid);
  if (account === undefined || !(await isAddressOf(context, account, proof.email))) {
    throw authError('UNKNOWN_ACCOUNT', { email: proof.email });
  }
  await checkAccountPassword(context, caller, account, proof);
  await context.storage.transaction(async (tx) => {
    // While it has devices that can be told.
    await context.push.post(tx, account.uid, accountDestroyed(account.uid));
    if (!(await deleteAccount(tx, account.uid))) return;
    await context.notifications.post(tx, { name: 'delete', uid: account.uid, details: {} });
  });
  context.notifications.wake();
  context.push.wake();
}
