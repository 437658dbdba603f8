import type { ResponseOf, recoveryEmails } from '@foxden/protocol';
import type { Context } from '../context.js';
import { findEmails, findReservations } from '../emails/index.js';

/** The addresses of an account, the primary one first, then those that it has asked for (auth-api §6.9). */
export async function listAddresses(context: Context, uid: string): Promise<ResponseOf<typeof recoveryEmails>> {
  const { db } = context.storage;
  const [emails, asked] = [await findEmails(db, uid), await findReservations(context, db, uid)];
  return [
    ...emails.map(({ email, isPrimary, isVerified }) => ({ email, isPrimary, verified: isVerified })),
    ...asked.map(({ email }) => ({ email, isPrimary: false, verified: false })),
  ];
}
