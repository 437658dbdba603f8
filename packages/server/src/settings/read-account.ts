import type { accountGet, ResponseOf } from '@foxden/protocol';
import { findAccount } from '../accounts/index.js';
import { listAddresses } from '../addresses/index.js';
import type { Context } from '../context.js';
import { authError } from '../errors.js';
import { describeBackupCodes, describeTotp } from '../mfa/index.js';
import { describeRecoveryKey } from '../recovery/index.js';
import { findSecurityEvents } from '../security/index.js';
import type { Session } from '../sessions/index.js';

/**
 * What the settings show of an account, in one answer (auth-api §6.1, GET `/account`).
 * @throws INVALID_TOKEN when the account went away meanwhile
 */
export async function readAccount(context: Context, session: Session): Promise<ResponseOf<typeof accountGet>> {
  const { db } = context.storage;
  const { uid } = session;
  const account = await findAccount(db, uid);
  if (account === undefined) throw authError('INVALID_TOKEN');
  return {
    createdAt: account.createdAt,
    passwordCreatedAt: account.verifierSetAt,
    metricsOptOutAt: account.metricsOptOutAt,
    hasPassword: account.verifierSetAt > 0,
    emails: await listAddresses(context, uid),
    linkedAccounts: [],
    totp: await describeTotp(context, uid),
    backupCodes: await describeBackupCodes(context, uid),
    recoveryKey: await describeRecoveryKey(context, uid),
    recoveryPhone: { exists: false, phoneNumber: null, available: false },
    securityEvents: await findSecurityEvents(db, uid),
    passkeys: [],
    subscriptions: [],
  };
}
