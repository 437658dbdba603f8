import type { Caller, Context } from '../context.js';
import { causeOf, postSecurityNotice } from '../emails/index.js';
import { recordSecurityEvent } from '../security/index.js';
import { requireVerifiedSession, type Session } from '../sessions/index.js';
import { deleteRecoveryKey } from './store.js';

/**
 * Removes the recovery key (auth-api §6.12); without one there is nothing to do and nobody is told.
 * @throws UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, INSUFFICIENT_AAL
 */
export async function removeRecoveryKey(context: Context, caller: Caller, session: Session): Promise<void> {
  requireVerifiedSession(session);
  const { uid } = session;
  await context.storage.transaction(async (tx) => {
    if (!(await deleteRecoveryKey(tx, uid))) return;
    await recordSecurityEvent(context, tx, caller, { uid, name: 'account.recovery_key_removed', verified: true });
    await postSecurityNotice(context, tx, caller, {
      uid,
      template: 'postRemoveAccountRecovery',
      values: causeOf(context, caller),
    });
  });
  context.mail.wake();
}
