import {
  type oauthEndpoints,
  parseScope,
  type ResponseOf,
  SCOPE_EMAIL,
  SCOPE_OPENID,
  SCOPE_PROFILE,
  SCOPE_PROFILE_ACCOUNT_DISABLED_AT,
  SCOPE_PROFILE_ACCOUNT_LOCKED_AT,
  SCOPE_PROFILE_AMR,
  SCOPE_PROFILE_AVATAR,
  SCOPE_PROFILE_EMAIL,
  SCOPE_PROFILE_LOCALE,
  SCOPE_PROFILE_UID,
  type ScopeSet,
  scopeImplies,
} from '@foxden/protocol';
import { type Account, findAccount } from '../accounts/index.js';
import type { Context } from '../context.js';
import { type Email, findPrimaryEmail } from '../emails/index.js';
import { profileError } from '../errors.js';
import type { AccessToken } from '../oauth/index.js';
import { findAccountAal } from '../sessions/index.js';

type Profile = ResponseOf<typeof oauthEndpoints.profile>;

/** What the members of a profile are read from. */
interface Subject {
  readonly account: Account;
  readonly email: Email;
  /** What the account asks of its sessions. */
  readonly aal: 1 | 2;
  readonly publicUrl: string;
}

interface Part {
  /** Scopes of which one is enough. */
  readonly scopes: readonly string[];
  readonly read: (subject: Subject) => Profile;
}

/** Which scope shows which members (oauth-devices §5). */
const PARTS: readonly Part[] = [
  { scopes: [SCOPE_OPENID], read: ({ account }) => ({ sub: account.uid }) },
  { scopes: [SCOPE_PROFILE_UID], read: ({ account }) => ({ uid: account.uid }) },
  { scopes: [SCOPE_PROFILE_EMAIL, SCOPE_EMAIL], read: ({ email }) => ({ email: email.email }) },
  {
    scopes: [SCOPE_PROFILE_LOCALE],
    read: ({ account }) => (account.locale === null ? {} : { locale: account.locale }),
  },
  {
    scopes: [SCOPE_PROFILE_AMR],
    read: ({ aal }) => ({
      amrValues: aal === 2 ? ['pwd', 'email', 'otp'] : ['pwd', 'email'],
      twoFactorAuthentication: aal === 2,
    }),
  },
  {
    scopes: [SCOPE_PROFILE_AVATAR],
    read: ({ email, publicUrl }) => ({ avatar: monogramUrl(publicUrl, email.email), avatarDefault: true }),
  },
  { scopes: [SCOPE_PROFILE], read: ({ account }) => ({ metricsEnabled: account.metricsOptOutAt === null }) },
  { scopes: [SCOPE_PROFILE_ACCOUNT_DISABLED_AT], read: ({ account }) => ({ accountDisabledAt: account.disabledAt }) },
  { scopes: [SCOPE_PROFILE_ACCOUNT_LOCKED_AT], read: ({ account }) => ({ accountLockedAt: account.lockedAt }) },
];

/**
 * The profile of the person an access token stands for, as far as its scope reaches (GET `/profile`, oauth-devices §5).
 * @throws FORBIDDEN when the scope has nothing to do with profiles; UNAUTHORIZED when the account is gone
 */
export async function readProfile(context: Context, token: AccessToken): Promise<Profile> {
  const granted = parseScope(token.scope);
  if (!isForProfiles(granted)) throw profileError('FORBIDDEN');
  const { db } = context.storage;
  const [account, email] = [await findAccount(db, token.uid), await findPrimaryEmail(db, token.uid)];
  if (account === undefined || email === undefined) throw profileError('UNAUTHORIZED', { reason: 'account is gone' });
  const aal = await findAccountAal(db, token.uid);
  const subject = { account, email, aal, publicUrl: context.config.publicUrl };
  const shown = PARTS.filter((part) => part.scopes.some((scope) => scopeImplies(granted, parseScope(scope))));
  return Object.assign({}, ...shown.map((part) => part.read(subject)));
}

/** Any scope of profiles will do, even one whose member is empty. */
function isForProfiles(granted: ScopeSet): boolean {
  return granted.some(({ text, path }) => text === SCOPE_OPENID || text === SCOPE_EMAIL || path[0] === SCOPE_PROFILE);
}

/** A picture of one letter, for people who have set none. */
function monogramUrl(publicUrl: string, email: string): string {
  const letter = /^[a-z0-9]/i.exec(email)?.[0].toUpperCase() ?? '?';
  return `${publicUrl}/v1/avatar/${encodeURIComponent(letter)}`;
}
