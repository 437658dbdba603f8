import { normalizeEmail } from '@foxden/protocol';
import { markProfileChanged } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { deletePasswordTokens } from '../credentials/index.js';
import { causeOf, deleteReservation, deleteSecondaryEmail, postSecurityNotice } from '../emails/index.js';
import { authError } from '../errors.js';
import { recordSecurityEvent } from '../security/index.js';
import { requireVerifiedSession, type Session } from '../sessions/index.js';

/**
 * Takes an address off an account, or gives up asking for it (auth-api §6.9, `/recovery_email/destroy`). Resets and
 * changes of the password that are under way end: the address may have begun them.
 * @throws what `requireVerifiedSession` throws, CANNOT_DELETE_PRIMARY_EMAIL
 */
export async function removeAddress(
  context: Context,
  caller: Caller,
  session: Session,
  address: string,
): Promise<void> {
  requireVerifiedSession(session);
  if (normalizeEmail(address) === normalizeEmail(session.email)) throw authError('CANNOT_DELETE_PRIMARY_EMAIL');
  const { uid } = session;
  await context.storage.transaction(async (tx) => {
    await markProfileChanged(tx, uid, context.clock.now());
    await deleteReservation(tx, uid, address);
    const removed = await deleteSecondaryEmail(tx, uid, address);
    if (removed === undefined) return;
    await deletePasswordTokens(tx, uid);
    await recordSecurityEvent(context, tx, caller, { uid, name: 'account.secondary_email_removed', verified: true });
    await postSecurityNotice(context, tx, caller, {
      uid,
      template: 'postRemoveSecondary',
      values: { ...causeOf(context, caller), email: removed.email },
    });
    await context.notifications.post(tx, { name: 'profileDataChange', uid, details: {} });
  });
  context.mail.wake();
  context.notifications.wake();
}
