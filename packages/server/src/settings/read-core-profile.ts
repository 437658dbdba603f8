import {
  type accountProfile,
  parseScope,
  type ResponseOf,
  SCOPE_PROFILE_ACCOUNT_DISABLED_AT,
  SCOPE_PROFILE_ACCOUNT_LOCKED_AT,
  SCOPE_PROFILE_ADDITIONAL_EMAILS,
  SCOPE_PROFILE_AMR,
  SCOPE_PROFILE_EMAIL,
  SCOPE_PROFILE_KEYS_CHANGED_AT,
  SCOPE_PROFILE_LOCALE,
  scopeImplies,
} from '@foxden/protocol';
import { type Account, findAccount } from '../accounts/index.js';
import type { Context } from '../context.js';
import { type Email, findEmails } from '../emails/index.js';
import { authError } from '../errors.js';
import type { AccessToken } from '../oauth/index.js';
import { findAccountAal, type Session } from '../sessions/index.js';

type CoreProfile = ResponseOf<typeof accountProfile>;

/** What the members are read from. */
interface Subject {
  readonly account: Account;
  readonly emails: readonly Email[];
  /** The level that the account asks for, not that of a session. */
  readonly aal: 1 | 2;
}

/** Which scope shows which members. */
const PARTS: readonly { readonly scope: string; readonly read: (subject: Subject) => CoreProfile }[] = [
  { scope: SCOPE_PROFILE_EMAIL, read: ({ emails }) => ({ email: emails.find(({ isPrimary }) => isPrimary)?.email }) },
  {
    scope: SCOPE_PROFILE_ADDITIONAL_EMAILS,
    read: ({ emails }) => ({
      additionalEmails: emails
        .filter(({ isPrimary, isVerified }) => !isPrimary && isVerified)
        .map(({ email }) => email),
    }),
  },
  { scope: SCOPE_PROFILE_LOCALE, read: ({ account }) => ({ locale: account.locale }) },
  {
    scope: SCOPE_PROFILE_AMR,
    read: ({ aal }) => ({
      authenticationMethods: aal === 2 ? ['pwd', 'email', 'otp'] : ['pwd', 'email'],
      authenticatorAssuranceLevel: aal,
    }),
  },
  { scope: SCOPE_PROFILE_ACCOUNT_DISABLED_AT, read: ({ account }) => ({ accountDisabledAt: account.disabledAt }) },
  { scope: SCOPE_PROFILE_ACCOUNT_LOCKED_AT, read: ({ account }) => ({ accountLockedAt: account.lockedAt }) },
  { scope: SCOPE_PROFILE_KEYS_CHANGED_AT, read: ({ account }) => ({ keysChangedAt: account.keysChangedAt }) },
];

/**
 * What other services may know of an account: all of it by a session, by an access token what its scope reaches
 * (auth-api §6.1, GET `/account/profile`).
 * @throws INVALID_TOKEN when the account went away meanwhile
 */
export async function readCoreProfile(context: Context, credentials: Session | AccessToken): Promise<CoreProfile> {
  const { db } = context.storage;
  const account = await findAccount(db, credentials.uid);
  if (account === undefined) throw authError('INVALID_TOKEN');
  const subject = {
    account,
    emails: await findEmails(db, account.uid),
    aal: await findAccountAal(db, account.uid),
  };
  const granted = 'scope' in credentials ? parseScope(credentials.scope) : undefined;
  const shown = PARTS.filter(({ scope }) => granted === undefined || scopeImplies(granted, parseScope(scope)));
  if (shown.length === 0) return {};
  return Object.assign({}, ...shown.map(({ read }) => read(subject)), {
    profileChangedAt: account.profileChangedAt,
    metricsEnabled: account.metricsOptOutAt === null,
  });
}
