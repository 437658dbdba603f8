import type { Caller, Context } from '../context.js';
import { lowerSession, requireVerifiedSession, type Session } from '../sessions/index.js';
import { announceChange, wakeDelivery } from './announce-change.js';
import { deleteCodes } from './store/backup-codes.js';
import { deletePendingSecrets } from './store/pending-secrets.js';
import { deleteTotpToken } from './store/totp-tokens.js';

/**
 * Turns two-step authentication off, and forgets the backup codes with it (auth-api §6.10, `/totp/destroy`). Whatever is
 * being set up is given up; an account that has nothing of all this stays as it is.
 * @throws what {@link requireVerifiedSession} throws
 */
export async function removeTotp(context: Context, caller: Caller, session: Session): Promise<void> {
  requireVerifiedSession(session);
  const { uid } = session;
  await context.storage.transaction(async (tx) => {
    await deletePendingSecrets(tx, uid);
    if (!(await deleteTotpToken(tx, uid))) return;
    await deleteCodes(tx, uid);
    await lowerSession(context, tx, session);
    await announceChange(context, tx, caller, uid, 'removed');
  });
  wakeDelivery(context);
}
