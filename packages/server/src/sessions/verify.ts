import type { Caller, Context } from '../context.js';
import { markKeyFetchTokensVerified } from '../credentials/index.js';
import { authError } from '../errors.js';
import { SOMETHING_VERIFIED } from '../push/index.js';
import { markLoginVerified } from '../security/index.js';
import type { Bytes, Database } from '../storage/index.js';
import { type Session, VERIFICATION_METHODS, type VerificationMethodName } from './session.js';
import { findAccountAal, markSessionsVerified, markSessionVerified } from './store.js';

/**
 * Verifies the session that waits for a mailed code, and the keyFetchTokens that were issued with it. A mailbox is no
 * second factor: where the account has one, a code of a mail verifies nothing. False when no session was verified.
 */
export async function verifySessionByMail(
  context: Context,
  tx: Database,
  caller: Caller,
  uid: string,
  tokenVerificationId: Bytes,
  method: 'email' | 'email-2fa',
): Promise<boolean> {
  if ((await findAccountAal(tx, uid)) === 2) return false;
  const number = VERIFICATION_METHODS[method];
  const verified = await markSessionsVerified(tx, uid, tokenVerificationId, number, context.clock.now());
  await markKeyFetchTokensVerified(tx, uid, tokenVerificationId);
  if (verified) {
    await markLoginVerified(context, tx, caller, uid);
    await context.push.post(tx, uid, SOMETHING_VERIFIED);
  }
  return verified;
}

/** Takes the second factor back from this session, which stays verified: its account has none any more. */
export async function lowerSession(context: Context, tx: Database, session: Session): Promise<void> {
  if (session.aal === 2) await markSessionVerified(tx, session, VERIFICATION_METHODS['email-2fa'], context.clock.now());
}

/**
 * Raises this session to what its person just proved, and makes the keyFetchTokens usable that were issued with it.
 * @throws INVALID_TOKEN when the session ended meanwhile
 */
export async function raiseSession(
  context: Context,
  tx: Database,
  caller: Caller,
  session: Session,
  method: VerificationMethodName,
): Promise<void> {
  const now = context.clock.now();
  if (!(await markSessionVerified(tx, session, VERIFICATION_METHODS[method], now))) throw authError('INVALID_TOKEN');
  if (session.tokenVerificationId === null) return;
  await markKeyFetchTokensVerified(tx, session.uid, session.tokenVerificationId);
  await markLoginVerified(context, tx, caller, session.uid);
  await context.push.post(tx, session.uid, SOMETHING_VERIFIED);
}
