import type { Database } from '../storage/index.js';
import { deleteCodes } from './store/backup-codes.js';
import { deletePendingSecrets } from './store/pending-secrets.js';
import { deleteSeeds } from './store/step-up-codes.js';
import { deleteTotpToken } from './store/totp-tokens.js';

/** Deletes the second factors of an account, with the account. */
export async function deleteSecondFactors(tx: Database, uid: string): Promise<void> {
  await deleteTotpToken(tx, uid);
  await deletePendingSecrets(tx, uid);
  await deleteCodes(tx, uid);
  await deleteSeeds(tx, uid);
}
