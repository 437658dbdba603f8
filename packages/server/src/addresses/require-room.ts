import { findEmails } from '../emails/index.js';
import { authError } from '../errors.js';
import type { Database } from '../storage/index.js';

/** How many addresses an account may have beside its primary one (auth-api §6.9). */
const MOST = 3;

/** @throws TOO_MANY_SECONDARY_EMAILS when the account has all the addresses it may have */
export async function requireRoom(db: Database, uid: string): Promise<void> {
  const emails = await findEmails(db, uid);
  if (emails.filter(({ isPrimary }) => !isPrimary).length >= MOST) throw authError('TOO_MANY_SECONDARY_EMAILS');
}
