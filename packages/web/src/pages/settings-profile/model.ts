import {
  deleteAvatar,
  getAvatar,
  getProfile,
  isAuthError,
  requestTokens,
  setDisplayName,
  uploadAvatar,
} from '@foxden/auth-client';
import { SCOPE_PROFILE, SCOPE_PROFILE_WRITE } from '@foxden/protocol';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { type Attempt, attempt, readOnArrival } from '../../settings/attempt.js';
import { ownerOf, sessionOf } from '../../settings/owner.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

/** These pages as an OAuth client, which profiles are read and changed as (oauth-devices §1.4). */
const SETTINGS_CLIENT = '98e6508e88680e1a';
const PICTURE_TYPES = ['image/png', 'image/jpeg'];

export interface ProfileState extends Attempt {
  /** Undefined until the server has told it. */
  readonly displayName?: string;
  readonly picture?: { readonly id: string; readonly url: string; readonly isOwn: boolean };
}

export interface ProfileModel extends Model<ProfileState> {
  rename(displayName: string): Promise<void>;
  upload(file: Blob): Promise<void>;
  removePicture(): Promise<void>;
}

/** The name and the picture that applications show (oauth-devices §5). */
export function createProfileModel(services: Services): ProfileModel {
  const { client, onAccountChange } = services;
  const { uid } = ownerOf(services);
  const state = createStore<ProfileState>({ busy: false });

  /** An access token of some minutes for each use: none is kept. */
  async function accessToken(): Promise<string> {
    const scope = [SCOPE_PROFILE, SCOPE_PROFILE_WRITE].join(' ');
    const body = { grant_type: 'fxa-credentials', client_id: SETTINGS_CLIENT, scope, ttl: 300 } as const;
    return (await requestTokens(client, body, sessionOf(services))).access_token;
  }

  async function read(token: string): Promise<void> {
    const [profile, avatar] = await Promise.all([getProfile(client, token), getAvatar(client, token)]);
    const picture = { id: avatar.id, url: avatar.avatar, isOwn: !avatar.avatarDefault };
    state.set({ displayName: profile.displayName ?? '', picture });
  }

  async function change(act: (token: string) => Promise<unknown>, news: Message): Promise<Message> {
    const token = await accessToken();
    await act(token);
    onAccountChange({ kind: 'profile-changed', uid });
    await read(token);
    return news;
  }

  return {
    state,
    start() {
      readOnArrival(services, state, async () => read(await accessToken()));
      return undefined;
    },
    rename: (typed) =>
      attempt(
        services,
        state,
        () => change((token) => setDisplayName(client, token, typed.trim()), message('profile-renamed')),
        (failed) => (isAuthError(failed, 'INVALID_PARAMETER') ? message('profile-error-name') : undefined),
      ),
    async upload(file) {
      if (!PICTURE_TYPES.includes(file.type)) return state.set({ failure: message('profile-error-picture') });
      await attempt(services, state, async () => {
        try {
          return await change((token) => uploadAvatar(client, token, file), message('profile-picture-set'));
        } catch (failed) {
          if (!isAuthError(failed, 'INVALID_PARAMETER', 'REQUEST_TOO_LARGE')) throw failed;
          return void state.set({ failure: message('profile-error-picture') });
        }
      });
    },
    removePicture: () =>
      attempt(services, state, () =>
        change(
          (token) => deleteAvatar(client, token, state.get().picture?.id ?? ''),
          message('profile-picture-removed'),
        ),
      ),
  };
}
