import { SCOPE_OLDSYNC } from '@foxden/protocol';
import { findAccount } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { authError } from '../errors.js';
import { SOMETHING_VERIFIED } from '../push/index.js';
import { type Session, verifySessionByMail } from '../sessions/index.js';
import { fromHex } from '../storage/hex.js';
import type { Database } from '../storage/index.js';
import { constantTimeEqual } from '../tokens/index.js';
import { isDigitCode } from './digit-code.js';
import { postNewDeviceLogin } from './post-verification.js';
import { cancelVerificationReminders } from './reminders/index.js';
import { type Email, findPrimaryEmail, markEmailVerified } from './store.js';

/**
 * Verifies a session with the digits of a mail, and with it a new account (auth-api §6.7, `/session/verify_code`).
 * The digits are made from the address's code while the account is new, from the session's afterwards; verifying
 * clears the latter, so that digits work once.
 * @throws INVALID_OTP_CODE
 */
export async function verifySessionCode(
  context: Context,
  caller: Caller,
  session: Session,
  request: { code: string; service?: string | undefined; scopes?: readonly string[] | undefined },
): Promise<void> {
  const now = context.clock.now();
  await context.storage.transaction(async (tx) => {
    const email = await findPrimaryEmail(tx, session.uid);
    if (email === undefined) throw authError('INVALID_TOKEN');
    const key = email.isVerified ? session.tokenVerificationId : email.emailCode;
    if (key === null || !isDigitCode(key, request.code, now)) throw authError('INVALID_OTP_CODE');
    const { uid, tokenVerificationId } = session;
    const verifiedSession =
      tokenVerificationId !== null &&
      (await verifySessionByMail(context, tx, caller, uid, tokenVerificationId, 'email-2fa'));
    const verifiedAccount = !email.isVerified && (await verifyAccount(context, tx, caller, email, request));
    // Another request was first: the digits are used up.
    if (!verifiedSession && !verifiedAccount) throw authError('INVALID_OTP_CODE');
    if (email.isVerified) await postNewDeviceLogin(context, tx, caller, email, request.service);
  });
  context.mail.wake();
  context.notifications.wake();
  context.push.wake();
}

/**
 * Verifies by the code of an emailed link, from any machine: as a session's code, then as the address's
 * (auth-api §6.8). Works repeatedly for the address.
 * @throws UNKNOWN_ACCOUNT, INVALID_VERIFICATION_CODE
 */
export async function verifyLinkCode(
  context: Context,
  caller: Caller,
  request: { uid: string; code: string; service?: string | undefined },
): Promise<void> {
  const code = fromHex(request.code);
  await context.storage.transaction(async (tx) => {
    const email = await findPrimaryEmail(tx, request.uid);
    if (email === undefined) throw authError('UNKNOWN_ACCOUNT');
    const isAddressCode = constantTimeEqual(email.emailCode, code);
    const verified = await verifySessionByMail(context, tx, caller, request.uid, code, 'email');
    if (!verified && !isAddressCode) throw authError('INVALID_VERIFICATION_CODE');
    if (isAddressCode) await verifyAccount(context, tx, caller, email, request);
  });
  context.mail.wake();
  context.notifications.wake();
  context.push.wake();
}

/** "Account verified": the first verification by any route (auth-api §6.7). False when it was not the first. */
export async function verifyAccount(
  context: Context,
  tx: Database,
  caller: Caller,
  email: Email,
  request: { service?: string | undefined; scopes?: readonly string[] | undefined },
): Promise<boolean> {
  if (!(await markEmailVerified(tx, email, context.clock.now()))) return false;
  await cancelVerificationReminders(tx, email.uid);
  const locale = (await findAccount(tx, email.uid))?.locale ?? null;
  await context.notifications.post(tx, { name: 'verified', uid: email.uid, details: { locale } });
  await context.push.post(tx, email.uid, SOMETHING_VERIFIED);
  if (request.service !== 'sync' && !request.scopes?.includes(SCOPE_OLDSYNC)) return true;
  await context.mail.post(tx, {
    template: 'postVerify',
    to: email.email,
    uid: email.uid,
    locale: locale ?? caller.acceptLanguage,
    service: request.service,
    values: {},
  });
  return true;
}
