import type { accountCredentialsStatus, accountStatus, accountStatusGet, BodyOf, ResponseOf } from '@foxden/protocol';
import { findAccount } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { findEmail, findReservationHolder } from '../emails/index.js';
import { authError } from '../errors.js';
import type { Session } from '../sessions/index.js';
import { madeUpCredentialsStatus } from './hidden-accounts.js';

/**
 * Whether an address has an account, and how its owner signs in (auth-api §6.1, POST `/account/status`). Where accounts
 * are hidden, every address has one (decision 0007).
 * @throws VERIFIED_SECONDARY_EMAIL_EXISTS for an address that is somebody's second one, or about to be
 */
export async function statusByEmail(
  context: Context,
  caller: Caller,
  body: BodyOf<typeof accountStatus>,
): Promise<ResponseOf<typeof accountStatus>> {
  const { exists, hasPassword } = context.config.hideAccounts
    ? { exists: true, hasPassword: true }
    : await accountOf(context, caller, body.email);
  return {
    exists,
    ...(body.thirdPartyAuthStatus === true && { hasLinkedAccount: false, hasPassword, passwordlessSupported: false }),
    // Nothing is looked up in DNS; an address counts as valid until a mail to it fails.
    ...(body.checkDomain === true && { invalidDomain: false }),
  };
}

async function accountOf(
  context: Context,
  caller: Caller,
  address: string,
): Promise<{ exists: boolean; hasPassword: boolean }> {
  const { db } = context.storage;
  const email = await findEmail(db, address);
  if (email?.isPrimary === false) throw authError('VERIFIED_SECONDARY_EMAIL_EXISTS');
  const account = email === undefined ? undefined : await findAccount(db, email.uid);
  if (account !== undefined) return { exists: true, hasPassword: account.verifierSetAt > 0 };
  await context.limits.failed('accountStatusCheckFailed', { ip: caller.address, email: address });
  const reserved = await findReservationHolder(context, db, address);
  if (reserved !== undefined) throw authError('VERIFIED_SECONDARY_EMAIL_EXISTS');
  return { exists: false, hasPassword: false };
}

/**
 * Whether an account lives, by session or by uid: how Firefox tells "account deleted" from "signed out".
 * @throws MISSING_PARAMETER when neither is given
 */
export async function statusByUid(
  context: Context,
  caller: Caller,
  session: Session | undefined,
  uid: string | undefined,
): Promise<ResponseOf<typeof accountStatusGet>> {
  if (session !== undefined) {
    const account = await findAccount(context.storage.db, session.uid);
    return {
      exists: true,
      locale: account?.locale ?? null,
      hasPassword: session.verifierSetAt > 0,
    };
  }
  if (uid === undefined) throw authError('MISSING_PARAMETER', { param: 'uid' });
  const account = await findAccount(context.storage.db, uid.toLowerCase());
  if (account === undefined) await context.limits.failed('statusCheckFailed', { ip: caller.address, uid });
  return { exists: account !== undefined };
}

/**
 * Which stretching an account uses (auth-api §1.7). Where accounts are hidden, every address has an answer.
 * @throws UNKNOWN_ACCOUNT; LOGIN_WITH_INVALID_EMAIL for an account without a password
 */
export async function credentialsStatus(
  context: Context,
  caller: Caller,
  address: string,
): Promise<ResponseOf<typeof accountCredentialsStatus>> {
  const email = await findEmail(context.storage.db, address);
  const account = email === undefined ? undefined : await findAccount(context.storage.db, email.uid);
  if (context.config.hideAccounts && (account === undefined || account.verifierSetAt === 0)) {
    return madeUpCredentialsStatus(context, address);
  }
  if (account === undefined) {
    await context.limits.failed('loadAccountFailed', { ip: caller.address, email: address });
    throw authError('UNKNOWN_ACCOUNT', { email: address });
  }
  if (account.verifierSetAt === 0) throw authError('LOGIN_WITH_INVALID_EMAIL');
  return {
    currentVersion: account.clientSalt === null ? 'v1' : 'v2',
    upgradeNeeded: account.wrapWrapKbVersion2 === null,
    clientSalt: account.clientSalt ?? undefined,
  };
}
