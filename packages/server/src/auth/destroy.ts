import type { Caller, Context } from '../context.js';
import { authError } from '../errors.js';
import { requireVerifiedSession, type Session } from '../sessions/index.js';
import { checkPassword, type PasswordProof } from './check-password.js';
import { deleteAccount } from './delete.js';

/**
 * Deletes the account of a session, on fresh proof of its password (auth-api §6.1).
 * @throws UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, UNKNOWN_ACCOUNT for another account's address, what
 *   {@link checkPassword} throws
 */
export async function destroyAccount(
  context: Context,
  caller: Caller,
  session: Session,
  proof: PasswordProof,
): Promise<void> {
  requireVerifiedSession(session);
  const { account } = await checkPassword(context, caller, proof);
  if (account.uid !== session.uid) throw authError('UNKNOWN_ACCOUNT', { email: proof.email });
  await context.storage.transaction((tx) => deleteAccount(tx, account.uid));
}
