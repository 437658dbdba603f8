import { markProfileChanged } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { causeOf, findEmail, findReservation, postSecurityNotice, swapPrimaryEmail } from '../emails/index.js';
import { authError, type ServiceError } from '../errors.js';
import { recordSecurityEvent } from '../security/index.js';
import { requireVerifiedSession, type Session } from '../sessions/index.js';
import type { Database } from '../storage/index.js';

/**
 * Makes another address of the account the one to sign in with (auth-api §6.9, `/recovery_email/set_primary`). The
 * address of sign-up goes on salting version 1 credentials.
 * @throws what `requireVerifiedSession` throws, UNKNOWN_SECONDARY_EMAIL, CHANGE_EMAIL_TO_UNOWNED,
 *   CHANGE_EMAIL_TO_UNVERIFIED
 */
export async function setPrimaryAddress(
  context: Context,
  caller: Caller,
  session: Session,
  address: string,
): Promise<void> {
  requireVerifiedSession(session);
  const { uid } = session;
  await context.storage.transaction(async (tx) => {
    await markProfileChanged(tx, uid, context.clock.now());
    const email = await findEmail(tx, address);
    if (email?.uid !== uid) throw await refusal(context, tx, uid, address, email !== undefined);
    if (email.isPrimary) return;
    if (!(await swapPrimaryEmail(tx, uid, address))) throw authError('CHANGE_EMAIL_TO_UNVERIFIED');
    await recordSecurityEvent(context, tx, caller, { uid, name: 'account.primary_secondary_swapped', verified: true });
    await postSecurityNotice(context, tx, caller, {
      uid,
      template: 'postChangePrimary',
      values: { ...causeOf(context, caller), email: email.email },
    });
    await context.notifications.post(tx, { name: 'primaryEmailChanged', uid, details: { email: email.email } });
  });
  context.mail.wake();
  context.notifications.wake();
}

async function refusal(
  context: Context,
  tx: Database,
  uid: string,
  address: string,
  isHeld: boolean,
): Promise<ServiceError> {
  if ((await findReservation(context, tx, uid, address)) !== undefined) return authError('CHANGE_EMAIL_TO_UNVERIFIED');
  return authError(isHeld ? 'CHANGE_EMAIL_TO_UNOWNED' : 'UNKNOWN_SECONDARY_EMAIL');
}
