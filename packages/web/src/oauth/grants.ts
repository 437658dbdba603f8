import {
  SCOPE_EMAIL,
  SCOPE_OLDSYNC,
  SCOPE_OPENID,
  SCOPE_PROFILE,
  SCOPE_PROFILE_AMR,
  SCOPE_PROFILE_AVATAR,
  SCOPE_PROFILE_AVATAR_WRITE,
  SCOPE_PROFILE_DISPLAY_NAME,
  SCOPE_PROFILE_DISPLAY_NAME_WRITE,
  SCOPE_PROFILE_EMAIL,
  SCOPE_PROFILE_LOCALE,
  SCOPE_PROFILE_UID,
  SCOPE_PROFILE_WRITE,
  SCOPE_SESSION_TOKEN,
} from '@foxden/protocol';
import { type Message, message } from '../messages/message.js';

const WHOLE_PROFILE = ['signed-in', 'email', 'display-name', 'avatar', 'locale', 'security'] as const;

/** What a scope value gives, in the words of the consent page. */
const GRANTS: Readonly<Record<string, readonly string[]>> = {
  [SCOPE_OPENID]: ['signed-in'],
  [SCOPE_PROFILE_UID]: ['signed-in'],
  [SCOPE_EMAIL]: ['email'],
  [SCOPE_PROFILE_EMAIL]: ['email'],
  [SCOPE_PROFILE_DISPLAY_NAME]: ['display-name'],
  [SCOPE_PROFILE_AVATAR]: ['avatar'],
  [SCOPE_PROFILE_LOCALE]: ['locale'],
  [SCOPE_PROFILE_AMR]: ['security'],
  [SCOPE_PROFILE]: WHOLE_PROFILE,
  [SCOPE_PROFILE_WRITE]: [...WHOLE_PROFILE, 'profile-write'],
  [SCOPE_PROFILE_DISPLAY_NAME_WRITE]: ['display-name', 'profile-write'],
  [SCOPE_PROFILE_AVATAR_WRITE]: ['avatar', 'profile-write'],
  [SCOPE_OLDSYNC]: ['sync'],
  [SCOPE_SESSION_TOKEN]: ['session'],
};

/** What an application gets, each thing said once; a scope that has no words of ours is named by its own last part. */
export function describeGrants(scope: readonly string[], email: string, wantsKeys: boolean): Message[] {
  const known = scope.flatMap((value) => GRANTS[value] ?? []);
  const other = scope.filter((value) => GRANTS[value] === undefined);
  const keys = wantsKeys ? ['keys'] : [];
  return [
    ...[...new Set(['signed-in', ...known, ...keys])].map((grant) => describe(grant, email)),
    ...other.map((value) => message('consent-grant-other', { name: shortName(value) })),
  ];
}

function describe(grant: string, email: string): Message {
  return grant === 'email' ? message('consent-grant-email', { email }) : message(`consent-grant-${grant}`);
}

/** What one scope value gives, in words. */
export function describeScope(value: string, email: string): Message[] {
  const grants = GRANTS[value] ?? [];
  return grants.length === 0
    ? [message('consent-grant-other', { name: shortName(value) })]
    : grants.map((grant) => describe(grant, email));
}

/** `apps/notes` of an URL; a short name as it is. */
function shortName(scope: string): string {
  return URL.canParse(scope) ? new URL(scope).pathname.slice(1) + new URL(scope).hash : scope;
}
