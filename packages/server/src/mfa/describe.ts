import type { ResponseOf, recoveryCodesExists, totpExists } from '@foxden/protocol';
import type { Context } from '../context.js';
import { countCodes } from './store/backup-codes.js';
import { hasPendingSecret } from './store/pending-secrets.js';
import { findTotpToken } from './store/totp-tokens.js';

/** Whether an account has an authenticator; one that is being set up exists, but is not verified (auth-api §12, 4). */
export async function describeTotp(context: Context, uid: string): Promise<ResponseOf<typeof totpExists>> {
  const { db } = context.storage;
  const verified = (await findTotpToken(db, uid)) !== undefined;
  return { exists: verified || (await hasPendingSecret(db, uid, context.clock.now())), verified };
}

/** How many backup codes an account has left (auth-api §6.11). */
export async function describeBackupCodes(
  context: Context,
  uid: string,
): Promise<ResponseOf<typeof recoveryCodesExists>> {
  const count = await countCodes(context.storage.db, uid);
  return { hasBackupCodes: count > 0, count };
}
