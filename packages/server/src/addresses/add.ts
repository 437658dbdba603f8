import { normalizeEmail } from '@foxden/protocol';
import { findAccount, mailLocale } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import {
  causeOf,
  digitCode,
  findEmail,
  findEmails,
  findReservation,
  type Reservation,
  reserveEmail,
} from '../emails/index.js';
import { authError } from '../errors.js';
import { requireDeliverable } from '../mail/index.js';
import { requireVerifiedSession, type Session } from '../sessions/index.js';
import { toHex } from '../storage/hex.js';
import type { Database } from '../storage/index.js';
import { requireRoom } from './require-room.js';

/** An unverified account holds its address this long against others; then it makes way (auth-api §4.2, errno 141). */
const NEW_ACCOUNT = 24 * 60 * 60 * 1000;

/**
 * Reserves another address for an account and sends its code to it (auth-api §6.9, POST `/recovery_email`).
 * @throws what `requireVerifiedSession` throws, TOO_MANY_SECONDARY_EMAILS, SECONDARY_EMAIL_IS_PRIMARY,
 *   EMAIL_ALREADY_ON_ACCOUNT, VERIFIED_PRIMARY_EMAIL_EXISTS, UNVERIFIED_PRIMARY_EMAIL_NEWLY_CREATED, EMAIL_EXISTS
 */
export async function addAddress(context: Context, caller: Caller, session: Session, address: string): Promise<void> {
  requireVerifiedSession(session);
  await context.storage.transaction(async (tx) => {
    await requireRoom(tx, session.uid);
    await requireNotOwn(tx, session.uid, address);
    await requireNotHeld(context, tx, address);
    const reservation = await reserveEmail(context, tx, session.uid, address);
    if (reservation === undefined) throw authError('EMAIL_EXISTS');
    await postCode(context, tx, caller, session, reservation);
  });
  context.mail.wake();
}

/**
 * Sends the code of an address again that the account has asked for (auth-api §6.9, `secondary/resend_code`; §6.8,
 * `/recovery_email/resend_code` with an address).
 * @throws what `requireVerifiedSession` throws, SECONDARY_EMAIL_IS_PRIMARY, EMAIL_ALREADY_ON_ACCOUNT, EMAIL_EXISTS,
 *   RESEND_EMAIL_CODE_TO_UNOWNED when the account has not asked for it, or too long ago
 */
export async function resendAddressCode(
  context: Context,
  caller: Caller,
  session: Session,
  address: string,
): Promise<void> {
  requireVerifiedSession(session);
  await context.storage.transaction(async (tx) => {
    await requireNotOwn(tx, session.uid, address);
    if ((await findEmail(tx, address))?.isVerified === true) throw authError('EMAIL_EXISTS');
    const reservation = await findReservation(context, tx, session.uid, address);
    if (reservation === undefined) throw authError('RESEND_EMAIL_CODE_TO_UNOWNED');
    await reserveEmail(context, tx, session.uid, address);
    await postCode(context, tx, caller, session, reservation);
  });
  context.mail.wake();
}

async function requireNotOwn(tx: Database, uid: string, address: string): Promise<void> {
  const own = (await findEmails(tx, uid)).find(({ email }) => normalizeEmail(email) === normalizeEmail(address));
  if (own?.isPrimary === true) throw authError('SECONDARY_EMAIL_IS_PRIMARY');
  if (own !== undefined) throw authError('EMAIL_ALREADY_ON_ACCOUNT');
}

async function requireNotHeld(context: Context, tx: Database, address: string): Promise<void> {
  const holder = await findEmail(tx, address);
  if (holder === undefined) return;
  if (!holder.isPrimary) throw authError('EMAIL_EXISTS');
  if (holder.isVerified) throw authError('VERIFIED_PRIMARY_EMAIL_EXISTS');
  const account = await findAccount(tx, holder.uid);
  if (account !== undefined && context.clock.now() - account.createdAt < NEW_ACCOUNT) {
    throw authError('UNVERIFIED_PRIMARY_EMAIL_NEWLY_CREATED');
  }
}

async function postCode(
  context: Context,
  tx: Database,
  caller: Caller,
  session: Session,
  { email, emailCode }: Reservation,
): Promise<void> {
  await requireDeliverable(context, tx, email);
  await context.mail.post(tx, {
    template: 'verifySecondaryCode',
    to: email,
    uid: session.uid,
    locale: await mailLocale(tx, session.uid, caller),
    values: {
      ...causeOf(context, caller),
      email: session.email,
      code: digitCode(emailCode, context.clock.now()),
      linkCode: toHex(emailCode),
    },
  });
}
