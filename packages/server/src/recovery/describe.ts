import type { ResponseOf, recoveryKeyExists } from '@foxden/protocol';
import type { Caller, Context } from '../context.js';
import { findEmail } from '../emails/index.js';
import { authError } from '../errors.js';
import { countSyncGrants } from '../oauth/index.js';
import { requireVerifiedSession, type Session } from '../sessions/index.js';
import { findRecoveryKey, setRecoveryKeyHint } from './store.js';

type Existence = ResponseOf<typeof recoveryKeyExists>;

/** Who asks about a recovery key: the holder of a token of the account, or anybody who names an address. */
export interface Asker {
  readonly credentials: { readonly uid: string } | undefined;
  readonly email: string | undefined;
}

/** Whether an account has a recovery key in use, and how many devices would lose their data without (uid: hex). */
export async function describeRecoveryKey(context: Context, uid: string): Promise<Existence> {
  const key = await findRecoveryKey(context.storage.db, uid);
  return {
    exists: key?.enabled === 1,
    estimatedSyncDeviceCount: await countSyncGrants(context.storage.db, uid),
  };
}

/**
 * The same for whoever may ask (auth-api §6.12). Who proves nothing is not told of devices.
 * @throws MISSING_PARAMETER, UNKNOWN_ACCOUNT
 */
export async function recoveryKeyExistence(context: Context, caller: Caller, asker: Asker): Promise<Existence> {
  if (asker.credentials !== undefined) return describeRecoveryKey(context, asker.credentials.uid);
  const uid = await uidOf(context, caller, asker);
  if (uid === undefined) return { exists: false };
  const { exists } = await describeRecoveryKey(context, uid);
  return { exists };
}

/**
 * What the owner wrote down about where the key is (auth-api §6.12).
 * @throws MISSING_PARAMETER, UNKNOWN_ACCOUNT, RECOVERY_KEY_NOT_FOUND
 */
export async function recoveryKeyHintOf(context: Context, caller: Caller, asker: Asker): Promise<string | null> {
  const uid = asker.credentials?.uid ?? (await uidOf(context, caller, asker));
  const key = uid === undefined ? undefined : await findRecoveryKey(context.storage.db, uid);
  if (key === undefined) throw authError('RECOVERY_KEY_NOT_FOUND');
  return key.hint;
}

/** @throws UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, INSUFFICIENT_AAL, RECOVERY_KEY_NOT_FOUND */
export async function changeRecoveryKeyHint(context: Context, session: Session, hint: string): Promise<void> {
  requireVerifiedSession(session);
  const { db } = context.storage;
  if (!(await setRecoveryKeyHint(db, session.uid, hint))) throw authError('RECOVERY_KEY_NOT_FOUND');
}

/** Undefined for an unknown address on a server that does not tell which addresses have accounts. */
async function uidOf(context: Context, caller: Caller, { email }: Asker): Promise<string | undefined> {
  if (email === undefined) throw authError('MISSING_PARAMETER', { param: 'email' });
  const found = await findEmail(context.storage.db, email);
  if (found !== undefined) return found.uid;
  if (context.config.hideAccounts) return undefined;
  await context.limits.failed('loadAccountFailed', { ip: caller.address, email });
  throw authError('UNKNOWN_ACCOUNT', { email });
}
