import { normalizeEmail } from '@foxden/protocol';
import type { Account } from '../accounts/index.js';
import type { Context } from '../context.js';
import { findEmails } from '../emails/index.js';

/** Whether an address, in whatever spelling, is one of the account's; that of sign-up may not be in use any more. */
export async function isAddressOf(context: Context, account: Account, address: string): Promise<boolean> {
  const emails = await findEmails(context.storage.db, account.uid);
  const own = [account.email, ...emails.map(({ email }) => email)].map(normalizeEmail);
  return own.includes(normalizeEmail(address));
}
