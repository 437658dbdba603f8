import { normalizeEmail } from '@foxden/protocol';
import type { Caller, Context } from '../context.js';
import { authError } from '../errors.js';
import type { Session, VerificationMethod } from '../sessions/index.js';
import { type LinkContext, postAddressVerification, postLoginVerification } from './post-verification.js';
import { findPrimaryEmail } from './store.js';

/**
 * Sends what a session still has to prove again: digits or a link. Nothing left to prove: nothing is sent.
 * @throws INVALID_TOKEN when the account went away meanwhile
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
    if (!email.isVerified) {
      await postAddressVerification(context, tx, caller, email, method, link);
    } else if (session.tokenVerificationId !== null) {
      await postLoginVerification(context, tx, caller, email, session.tokenVerificationId, method, link);
    }
  });
  context.mail.wake();
}

/** @throws RESEND_EMAIL_CODE_TO_UNOWNED when the address named is not the session's */
export function requireOwnAddress(session: Session, email: string | undefined): void {
  if (email !== undefined && normalizeEmail(email) !== normalizeEmail(session.email)) {
    throw authError('RESEND_EMAIL_CODE_TO_UNOWNED');
  }
}
