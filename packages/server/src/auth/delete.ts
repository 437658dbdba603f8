import { deleteAccountRow, holdAccount } from '../accounts/index.js';
import { deleteCredentialTokens } from '../credentials/index.js';
import { deleteEmails } from '../emails/index.js';
import { deleteOAuthData } from '../oauth/index.js';
import { deleteProfile } from '../profile/index.js';
import { deleteSecurityEvents } from '../security/index.js';
import { deleteSessions } from '../sessions/index.js';
import type { Database } from '../storage/index.js';

/** Deletes an account and all that hangs on it. False when somebody else did. */
export async function deleteAccount(tx: Database, uid: string): Promise<boolean> {
  await holdAccount(tx, uid);
  await deleteOAuthData(tx, uid);
  await deleteProfile(tx, uid);
  await deleteCredentialTokens(tx, uid);
  await deleteSessions(tx, uid);
  await deleteEmails(tx, uid);
  await deleteSecurityEvents(tx, uid);
  return deleteAccountRow(tx, uid);
}
