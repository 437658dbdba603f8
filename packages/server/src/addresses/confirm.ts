import { normalizeEmail } from '@foxden/protocol';
import { markProfileChanged } from '../accounts/index.js';
import { deleteAccount } from '../auth/index.js';
import type { Caller, Context } from '../context.js';
import {
  causeOf,
  findEmail,
  findReservation,
  findReservations,
  insertEmail,
  isDigitCode,
  postSecurityNotice,
  type Reservation,
  takeReservation,
} from '../emails/index.js';
import { authError } from '../errors.js';
import { recordSecurityEvent } from '../security/index.js';
import { requireVerifiedSession, type Session } from '../sessions/index.js';
import { fromHex } from '../storage/hex.js';
import { type Database, isUniqueViolation } from '../storage/index.js';
import { constantTimeEqual } from '../tokens/index.js';
import { requireRoom } from './require-room.js';

/**
 * Makes an address the account's with the digits that were sent to it (auth-api §6.9, `secondary/verify_code`).
 * @throws what `requireVerifiedSession` throws, INVALID_VERIFICATION_CODE, EMAIL_EXISTS, TOO_MANY_SECONDARY_EMAILS
 */
export async function confirmAddress(
  context: Context,
  caller: Caller,
  session: Session,
  request: { readonly email: string; readonly code: string },
): Promise<void> {
  requireVerifiedSession(session);
  const confirmed = await confirm(context, caller, session.uid, async (tx) => {
    const reservation = await findReservation(context, tx, session.uid, request.email);
    const now = context.clock.now();
    return reservation && isDigitCode(reservation.emailCode, request.code, now) ? reservation : undefined;
  });
  if (!confirmed) throw authError('INVALID_VERIFICATION_CODE');
}

/**
 * Makes an address the account's by the link code that was sent to it; false when no address of the account waits for
 * this code (auth-api §6.8, `/recovery_email/verify_code`).
 * @param code bytes, 16
 * @throws EMAIL_EXISTS, TOO_MANY_SECONDARY_EMAILS
 */
export async function confirmAddressByLink(
  context: Context,
  caller: Caller,
  uid: string,
  code: Uint8Array,
): Promise<boolean> {
  return confirm(context, caller, uid, async (tx) => {
    const reservations = await findReservations(context, tx, uid);
    return reservations.find(({ emailCode }) => constantTimeEqual(emailCode, code));
  });
}

async function confirm(
  context: Context,
  caller: Caller,
  uid: string,
  find: (tx: Database) => Promise<Reservation | undefined>,
): Promise<boolean> {
  try {
    const confirmed = await context.storage.transaction(async (tx) => {
      const reservation = await find(tx);
      if (reservation === undefined) return false;
      // First, so that two addresses confirmed at once are counted one after the other.
      await markProfileChanged(tx, uid, context.clock.now());
      if (!(await takeReservation(tx, reservation))) return false;
      await requireRoom(tx, uid);
      await freeAddress(tx, reservation.email);
      await attach(context, tx, caller, reservation);
      return true;
    });
    context.mail.wake();
    context.notifications.wake();
    return confirmed;
  } catch (error) {
    if (isUniqueViolation(error)) throw authError('EMAIL_EXISTS');
    throw error;
  }
}

/** An account that never proved the address makes way for the one that did. */
async function freeAddress(tx: Database, address: string): Promise<void> {
  const holder = await findEmail(tx, address);
  if (holder === undefined) return;
  if (holder.isVerified || !holder.isPrimary) throw authError('EMAIL_EXISTS');
  await deleteAccount(tx, holder.uid);
}

async function attach(context: Context, tx: Database, caller: Caller, { uid, email }: Reservation): Promise<void> {
  const now = context.clock.now();
  await insertEmail(tx, {
    uid: fromHex(uid),
    email,
    normalizedEmail: normalizeEmail(email),
    isPrimary: 0,
    isVerified: 1,
    emailCode: context.random.bytes(16),
    verifiedAt: now,
    createdAt: now,
  });
  await recordSecurityEvent(context, tx, caller, { uid, name: 'account.secondary_email_added', verified: true });
  await postSecurityNotice(context, tx, caller, {
    uid,
    template: 'postVerifySecondary',
    values: { ...causeOf(context, caller), email },
  });
  await context.notifications.post(tx, { name: 'profileDataChange', uid, details: {} });
}
