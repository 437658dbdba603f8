import { authError } from '../errors.js';
import { isUsable, type Session } from './session.js';

/** @throws UNVERIFIED_ACCOUNT when the primary address is not confirmed */
export function requireVerifiedAccount(session: Session): void {
  if (!session.emailVerified) throw authError('UNVERIFIED_ACCOUNT');
}

/** @throws UNVERIFIED_SESSION when somebody demanded that the session be confirmed and it is not */
export function requireUsableSession(session: Session): void {
  if (!isUsable(session)) throw authError('UNVERIFIED_SESSION');
}

/** @throws INSUFFICIENT_AAL when the account has a second factor and the session has not proven it */
export function requireSecondFactor(session: Session): void {
  if (session.aal < session.accountAal) throw authError('INSUFFICIENT_AAL');
}

/**
 * The "verified session" strategy: account and session confirmed, as well as the account asks for (auth-api §2.3).
 * @throws UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, INSUFFICIENT_AAL
 */
export function requireVerifiedSession(session: Session): void {
  requireVerifiedAccount(session);
  if (!session.tokenVerified) throw authError('UNVERIFIED_SESSION');
  requireSecondFactor(session);
}

/**
 * For what only accounts with two-step authentication have: a verified session that has shown its second factor.
 * @throws UNVERIFIED_SESSION without one, what {@link requireVerifiedSession} throws
 */
export function requireProvenFactor(session: Session): void {
  requireVerifiedSession(session);
  if (session.aal < 2) throw authError('UNVERIFIED_SESSION');
}
