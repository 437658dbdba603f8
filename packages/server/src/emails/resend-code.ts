import type { Caller, Context } from '../context.js';
import { authError } from '../errors.js';
import { requireDeliverable } from '../mail/index.js';
import type { Session, VerificationMethod } from '../sessions/index.js';
import { type LinkContext, postAddressVerification, postLoginVerification } from './post-verification.js';
import { findPrimaryEmail } from './store.js';

/**
 * Sends what a session still has to prove again: digits or a link. Nothing is sent when nothing is left to prove, or when
 * an authenticator has to prove it.
 * @throws INVALID_TOKEN when the account went away meanwhile, what `requireDeliverable` throws
 */
export async function resendCode(
  context: Context,
  caller: Caller,
  session: Session,
  method: VerificationMethod,
  link: LinkContext,
): Promise<void> {
  await context.storage.transaction(async (tx) => {
    const email = await findPrimaryEmail(tx, session.uid);
    if (email === undefined) throw authError('INVALID_TOKEN');
    await requireDeliverable(context, tx, email.email);
    if (!email.isVerified) {
      await postAddressVerification(context, tx, caller, email, method, link);
    } else if (session.tokenVerificationId !== null && session.accountAal === 1) {
      await postLoginVerification(context, tx, caller, email, session.tokenVerificationId, method, link);
    }
  });
  context.mail.wake();
}
