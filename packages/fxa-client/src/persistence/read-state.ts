import type { ScopedKey } from '@foxden/protocol';
import type { StoredConfig } from '../config/fxa-config.js';
import type { DevicePushSubscription, LocalDevice } from '../devices/types.js';
import { deviceTypeFromWire, knownCapabilities } from '../devices/wire.js';
import type { AuthState } from '../state/states.js';
import type {
  AccessTokenInfo,
  AccountState,
  CachedProfile,
  OutgoingCommand,
  PendingFlow,
  ProfileResponse,
  RefreshToken,
} from './account-state.js';
import {
  flag,
  list,
  members,
  object,
  optional,
  parseJson,
  type Reader,
  record,
  text,
  unexpected,
  whole,
  withDefault,
} from './reading.js';
import { SCHEMA_VERSION, STORED_MEMBERS } from './schema.js';

const readConfig: Reader<StoredConfig> = object((member) => ({
  content_url: member('content_url', text),
  token_server_url_override: member('token_server_url_override', optional(text)),
  client_id: member('client_id', text),
  redirect_uri: member('redirect_uri', text),
}));

const readRefreshToken: Reader<RefreshToken> = object((member) => ({
  token: member('token', text),
  scopes: member('scopes', list(text)),
}));

const readKey: Reader<ScopedKey> = object((member) => ({
  kty: member('kty', (value, name) => {
    if (value !== 'oct') throw unexpected(name, 'must be oct');
    return value;
  }),
  scope: member('scope', text),
  k: member('k', text),
  kid: member('kid', text),
}));

const readAccessToken: Reader<AccessTokenInfo> = object((member) => ({
  scope: member('scope', text),
  token: member('token', text),
  key: member('key', optional(readKey)),
  expiresAt: member('expires_at', whole),
}));

/** Also what the profile server answers (client §1.6). */
export const readProfileResponse: Reader<ProfileResponse> = object((member) => ({
  uid: member('uid', text),
  email: member('email', text),
  displayName: member('displayName', optional(text)),
  avatar: member('avatar', text),
  avatarDefault: member('avatarDefault', flag),
}));

const readCachedProfile: Reader<CachedProfile> = object((member) => ({
  response: member('response', readProfileResponse),
  cachedAt: member('cached_at', whole),
  etag: member('etag', text),
}));

const readPushSubscription: Reader<DevicePushSubscription> = object((member) => ({
  endpoint: member('endpoint', text),
  publicKey: member('public_key', text),
  authKey: member('auth_key', text),
}));

const readCapabilities: Reader<AccountState['deviceCapabilities']> = (value, name) =>
  knownCapabilities(list(text)(value, name));

const readStoredDevice: Reader<LocalDevice> = object((member) => ({
  id: member('id', text),
  displayName: member('display_name', text),
  deviceType: deviceTypeFromWire(member('device_type', (value) => value)),
  capabilities: member('capabilities', readCapabilities),
  pushSubscription: member('push_subscription', optional(readPushSubscription)),
  pushEndpointExpired: member('push_endpoint_expired', flag),
}));

const readOutgoing: Reader<OutgoingCommand> = object((member) => ({
  target: member('target', text),
  command: member('command', text),
  encrypted: member('encrypted', text),
  notBefore: member('not_before', whole),
}));

const readInitialState: Reader<AuthState> = (value, name) => {
  if (value !== 'Disconnected' && value !== 'Connected' && value !== 'AuthIssues') {
    throw unexpected(name, 'must be a state that a flow begins in');
  }
  return value;
};

const readFlow: Reader<PendingFlow> = object((member) => ({
  state: member('state', text),
  codeVerifier: member('code_verifier', text),
  privateKey: member('private_key', text),
  oauthUrl: member('oauth_url', text),
  initialState: member('initial_state', readInitialState),
}));

const readMembers: Reader<Omit<AccountState, 'unknown'>> = object((member) => ({
  config: member('config', readConfig),
  currentDeviceId: member('current_device_id', optional(text)),
  refreshToken: member('refresh_token', optional(readRefreshToken)),
  scopedKeys: member('scoped_keys', record(readKey)),
  lastHandledCommand: member('last_handled_command', optional(whole)),
  commandsData: member('commands_data', withDefault(record(text), {})),
  deviceCapabilities: member('device_capabilities', withDefault(readCapabilities, [])),
  accessTokenCache: member('access_token_cache', withDefault(record(readAccessToken), {})),
  sessionToken: member('session_token', optional(text)),
  lastSeenProfile: member('last_seen_profile', optional(readCachedProfile)),
  serverLocalDeviceInfo: member('server_local_device_info', optional(readStoredDevice)),
  loggedOutFromAuthIssues: member('logged_out_from_auth_issues', withDefault(flag, false)),
  suspectRefreshToken: member('suspect_refresh_token', optional(readRefreshToken)),
  lostScopes: member('lost_scopes', withDefault(list(text), [])),
  uid: member('uid', optional(text)),
  outgoingCommands: member('outgoing_commands', withDefault(list(readOutgoing), [])),
  ownsSessionToken: member('owns_session_token', withDefault(flag, false)),
  pendingFlow: member('pending_flow', optional(readFlow)),
}));

/**
 * Reads a stored account (client §5.1), of this library or of the Rust client.
 * @throws FxaError `Other` on anything but schema V2
 */
export function readState(json: string): AccountState {
  const name = 'the stored account';
  const stored = members(parseJson(json, name), name);
  if (stored['schema_version'] !== SCHEMA_VERSION) throw unexpected(name, `is not of schema ${SCHEMA_VERSION}`);
  const unknown = Object.entries(stored).filter(([key]) => !STORED_MEMBERS.includes(key));
  const state = readMembers(stored, name);
  return {
    ...state,
    uid: state.uid ?? state.lastSeenProfile?.response.uid ?? null,
    unknown: Object.fromEntries(unknown),
  };
}
