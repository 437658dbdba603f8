import { sql } from 'kysely';
import type { Context } from '../context.js';
import { prune } from '../storage/index.js';

/** A keyFetchToken that nobody used for a day belongs to a sign-in that was given up. */
const KEY_FETCH_LIFETIME = 24 * 60 * 60 * 1000;
/** How long a person may take between the two steps of a password change (auth-api §1.5). */
export const PASSWORD_CHANGE_LIFETIME = 15 * 60 * 1000;
/** How long the mailed link or code of a reset works, and then the reset itself (auth-api §1.5, §5.5). */
export const PASSWORD_FORGOT_LIFETIME = 60 * 60 * 1000;
export const PASSWORD_FORGOT_OTP_LIFETIME = 10 * 60 * 1000;
export const ACCOUNT_RESET_LIFETIME = 15 * 60 * 1000;

/** Deletes tokens of the onepw protocol that nobody will use any more. */
export async function pruneCredentials(context: Context): Promise<void> {
  const now = context.clock.now();
  const { db } = context.storage;
  await prune(db, 'keyFetchTokens', ['uid', 'tokenHash'], sql`"createdAt" <= ${now - KEY_FETCH_LIFETIME}`);
  await prune(db, 'passwordChangeTokens', ['uid', 'tokenHash'], sql`"createdAt" <= ${now - PASSWORD_CHANGE_LIFETIME}`);
  await prune(db, 'passwordForgotTokens', ['uid', 'tokenHash'], sql`"createdAt" <= ${now - PASSWORD_FORGOT_LIFETIME}`);
  await prune(db, 'passwordForgotOtps', ['uid'], sql`"createdAt" <= ${now - PASSWORD_FORGOT_OTP_LIFETIME}`);
  await prune(db, 'accountResetTokens', ['uid', 'tokenHash'], sql`"createdAt" <= ${now - ACCOUNT_RESET_LIFETIME}`);
}
