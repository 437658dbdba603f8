import {
  type oauthEndpoints,
  parseScope,
  type profileEndpoints,
  type ResponseOf,
  SCOPE_EMAIL,
  SCOPE_OPENID,
  SCOPE_PROFILE,
  SCOPE_PROFILE_ACCOUNT_DISABLED_AT,
  SCOPE_PROFILE_ACCOUNT_LOCKED_AT,
  SCOPE_PROFILE_AMR,
  SCOPE_PROFILE_AVATAR,
  SCOPE_PROFILE_DISPLAY_NAME,
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
import { type AccessToken, subjectOfToken } from '../oauth/index.js';
import { findAccountAal } from '../sessions/index.js';
import { toHex } from '../storage/hex.js';
import type { Database } from '../storage/index.js';
import { avatarUrl, monogramUrl } from './avatar-url.js';
import { type Appearance, readAppearance } from './store.js';

type Profile = ResponseOf<typeof oauthEndpoints.profile>;

/** What is read, and when the profile changed last (milliseconds). */
export interface Version<T> {
  readonly content: T;
  readonly changedAt: number;
}

/** What the members of a profile are read from. */
interface Subject {
  readonly account: Account;
  readonly email: Email;
  /** What the account asks of its sessions. */
  readonly aal: 1 | 2;
  readonly appearance: Appearance;
}

/** A person, as one application may see it on this server. */
interface View extends Subject {
  readonly sub: string;
  readonly publicUrl: string;
}

interface Part {
  /** Scopes of which one is enough. */
  readonly scopes: readonly string[];
  readonly read: (view: View) => Profile;
}

/** Which scope shows which members (oauth-devices §5). */
const PARTS: readonly Part[] = [
  { scopes: [SCOPE_OPENID], read: ({ sub }) => ({ sub }) },
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
    scopes: [SCOPE_PROFILE_DISPLAY_NAME],
    read: ({ appearance: { displayName } }) => (displayName === null ? {} : { displayName }),
  },
  {
    scopes: [SCOPE_PROFILE_AVATAR],
    read: (view) => {
      const { avatar, avatarDefault } = describeAvatar(view);
      return { avatar, avatarDefault };
    },
  },
  { scopes: [SCOPE_PROFILE], read: ({ account }) => ({ metricsEnabled: account.metricsOptOutAt === null }) },
  { scopes: [SCOPE_PROFILE_ACCOUNT_DISABLED_AT], read: ({ account }) => ({ accountDisabledAt: account.disabledAt }) },
  { scopes: [SCOPE_PROFILE_ACCOUNT_LOCKED_AT], read: ({ account }) => ({ accountLockedAt: account.lockedAt }) },
];

/**
 * The profile of the person an access token stands for, as far as its scope reaches (GET `/profile`, oauth-devices §5).
 * @throws FORBIDDEN when the scope has nothing to do with profiles; UNAUTHORIZED when the account is gone
 */
export async function readProfile(context: Context, token: AccessToken): Promise<Version<Profile>> {
  const granted = parseScope(token.scope);
  if (!isForProfiles(granted)) throw profileError('FORBIDDEN');
  const subject = await readSubject(context.storage.db, token.uid);
  const view = { ...subject, sub: await subjectOfToken(context, token), publicUrl: context.config.publicUrl };
  const shown = PARTS.filter((part) => part.scopes.some((scope) => scopeImplies(granted, parseScope(scope))));
  const content: Profile = Object.assign({}, ...shown.map((part) => part.read(view)));
  return { content, changedAt: subject.account.profileChangedAt };
}

/**
 * The primary address of a person (uid: hex, 32 digits).
 * @throws UNAUTHORIZED when the account is gone
 */
export async function readEmail(context: Context, uid: string): Promise<string> {
  return (await readSubject(context.storage.db, uid)).email.email;
}

/**
 * Where the picture of a person is (GET `/avatar`, oauth-devices §5).
 * @throws UNAUTHORIZED when the account is gone
 */
export async function readAvatar(
  { storage, config }: Context,
  uid: string,
): Promise<Version<ResponseOf<typeof profileEndpoints.avatar>>> {
  const subject = await readSubject(storage.db, uid);
  const content = describeAvatar({ ...subject, publicUrl: config.publicUrl });
  return { content, changedAt: subject.account.profileChangedAt };
}

async function readSubject(db: Database, uid: string): Promise<Subject> {
  const [account, email] = [await findAccount(db, uid), await findPrimaryEmail(db, uid)];
  if (account === undefined || email === undefined) throw profileError('UNAUTHORIZED', { reason: 'account is gone' });
  const [aal, appearance] = [await findAccountAal(db, uid), await readAppearance(db, uid)];
  return { account, email, aal, appearance };
}

/** What is answered as the id of the picture of people who have set none. */
const NO_AVATAR = '0'.repeat(32);

function describeAvatar({ email, appearance, publicUrl }: Omit<View, 'sub'>) {
  const { displayName, avatarId } = appearance;
  if (avatarId === null) {
    return { id: NO_AVATAR, avatar: monogramUrl(publicUrl, displayName, email.email), avatarDefault: true };
  }
  const id = toHex(avatarId);
  return { id, avatar: avatarUrl(publicUrl, id), avatarDefault: false };
}

/** Any scope of profiles will do, even one whose member is empty. */
function isForProfiles(granted: ScopeSet): boolean {
  return granted.some(({ text, path }) => text === SCOPE_OPENID || text === SCOPE_EMAIL || path[0] === SCOPE_PROFILE);
}
