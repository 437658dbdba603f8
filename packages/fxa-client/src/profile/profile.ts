import { SCOPE_PROFILE, userinfo } from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import { FxaError } from '../errors/fxa-error.js';
import { getAccessToken } from '../oauth/access-token.js';
import type { ProfileResponse } from '../persistence/account-state.js';
import { readProfileResponse } from '../persistence/read-state.js';

/** The person who is signed in (client §3.4). */
export interface Profile {
  /** hex, 32 digits */
  readonly uid: string;
  readonly email: string;
  readonly displayName: string | null;
  readonly avatar: string;
  readonly isDefaultAvatar: boolean;
}

const FRESH_MS = 120_000;

/**
 * The profile, from the cache for two minutes and then by its ETag (client §6.3). A token that turns out to be refused is
 * replaced once.
 * @throws FxaError `Authentication` when nobody is signed in
 */
export async function getProfile(context: AccountContext, ignoreCache: boolean): Promise<Profile> {
  const cached = context.state.lastSeenProfile;
  if (cached !== null && !ignoreCache && context.now() < cached.cachedAt + FRESH_MS) return toProfile(cached.response);
  try {
    return await fetchProfile(context);
  } catch (error) {
    if (!(error instanceof FxaError) || error.kind !== 'Authentication' || error.status === undefined) throw error;
    context.update({ accessTokenCache: {} });
    context.forgetLists();
    return fetchProfile(context);
  }
}

async function fetchProfile(context: AccountContext): Promise<Profile> {
  const { token } = await getAccessToken(context, SCOPE_PROFILE);
  const cached = context.state.lastSeenProfile;
  const request = { token: { accessToken: token }, ifNoneMatch: cached?.etag };
  const { headers, body } = await context.connection.exchange('userinfo', userinfo, request);
  if (body === undefined && cached !== null) {
    context.update({ lastSeenProfile: { ...cached, cachedAt: context.now() } });
    return toProfile(cached.response);
  }
  const response = readProfileResponse(body, 'the profile');
  const etag = headers.get('ETag');
  // Without an ETag there is no way to ask whether it is still right.
  const lastSeenProfile = etag === null ? cached : { response, cachedAt: context.now(), etag };
  context.update({ uid: response.uid, lastSeenProfile });
  return toProfile(response);
}

export function toProfile({ uid, email, displayName, avatar, avatarDefault }: ProfileResponse): Profile {
  return { uid, email, displayName, avatar, isDefaultAvatar: avatarDefault };
}
