import type { Caller, Context } from '../context.js';
import { authError } from '../errors.js';
import { recordSecurityEvent } from '../security/index.js';
import { requireVerifiedSession, type Session } from '../sessions/index.js';
import { announceChange, wakeDelivery } from './announce-change.js';
import { acceptPendingCode } from './complete-setup.js';
import { deletePendingSecrets, findPendingSecret } from './store/pending-secrets.js';
import { replaceSecret } from './store/totp-tokens.js';

/**
 * Replaces the authenticator by the one that makes this code (auth-api §6.10, `/totp/replace/confirm`).
 * @throws TOTP_NOT_FOUND when nothing is being replaced, INVALID_TOTP_CODE, what {@link requireVerifiedSession} throws
 */
export async function confirmReplacement(
  context: Context,
  caller: Caller,
  session: Session,
  code: string,
): Promise<void> {
  requireVerifiedSession(session);
  const { uid } = session;
  const replaced = await context.storage.transaction(async (tx) => {
    const pending = await findPendingSecret(tx, session, context.clock.now());
    if (pending === undefined) throw authError('TOTP_NOT_FOUND');
    const step = await acceptPendingCode(context, tx, session, pending, code);
    if (step === undefined) {
      await recordSecurityEvent(context, tx, caller, {
        uid,
        name: 'account.two_factor_replace_failure',
        verified: true,
      });
      return false;
    }
    if (!(await replaceSecret(tx, uid, pending.sealedSecret, step))) throw authError('TOTP_NOT_FOUND');
    await deletePendingSecrets(tx, uid);
    await announceChange(context, tx, caller, uid, 'replaced');
    return true;
  });
  if (!replaced) throw authError('INVALID_TOTP_CODE');
  wakeDelivery(context);
}
