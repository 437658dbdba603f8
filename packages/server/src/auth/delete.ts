import { deleteAccountRow } from '../accounts/index.js';
import { deleteCredentialTokens } from '../credentials/index.js';
import { deleteEmails, deleteReminders } from '../emails/index.js';
import { deleteSecondFactors } from '../mfa/index.js';
import { deleteOAuthData } from '../oauth/index.js';
import { deleteProfile } from '../profile/index.js';
import { deleteRecoveryKey } from '../recovery/index.js';
import { deleteSecurityEvents } from '../security/index.js';
import { deleteSessions } from '../sessions/index.js';
import type { Database } from '../storage/index.js';
import { deleteUnblockCodes } from '../unblock/index.js';

/** Deletes an account and all that hangs on it. False when somebody else did. */
export async function deleteAccount(tx: Database, uid: string): Promise<boolean> {
  // First, so that whatever is being given out meanwhile is either found below or refused.
  const existed = await deleteAccountRow(tx, uid);
  await deleteOAuthData(tx, uid);
  await deleteRecoveryKey(tx, uid);
  await deleteProfile(tx, uid);
  await deleteCredentialTokens(tx, uid);
  await deleteSecondFactors(tx, uid);
  await deleteSessions(tx, uid);
  await deleteReminders(tx, uid);
  await deleteUnblockCodes(tx, uid);
  await deleteEmails(tx, uid);
  await deleteSecurityEvents(tx, uid);
  return existed;
}
