import type { LocalDevice } from '../devices/types.js';
import { deviceTypeToWire } from '../devices/wire.js';
import type { AccessTokenInfo, AccountState, CachedProfile, PendingFlow } from './account-state.js';
import { SCHEMA_VERSION } from './schema.js';

/** An account as it is stored (client §5.1). What holds nothing of our additions has none of their members. */
export function writeState(state: AccountState): string {
  const { suspectRefreshToken, lostScopes, uid, outgoingCommands, pendingFlow } = state;
  return JSON.stringify({
    schema_version: SCHEMA_VERSION,
    config: state.config,
    current_device_id: state.currentDeviceId,
    refresh_token: state.refreshToken,
    scoped_keys: state.scopedKeys,
    last_handled_command: state.lastHandledCommand,
    commands_data: state.commandsData,
    device_capabilities: state.deviceCapabilities,
    access_token_cache: Object.fromEntries(
      Object.entries(state.accessTokenCache).map(([scopes, token]) => [scopes, storedToken(token)]),
    ),
    session_token: state.sessionToken,
    last_seen_profile: storedProfile(state.lastSeenProfile),
    server_local_device_info: storedDevice(state.serverLocalDeviceInfo),
    logged_out_from_auth_issues: state.loggedOutFromAuthIssues,
    ...(suspectRefreshToken !== null && { suspect_refresh_token: suspectRefreshToken }),
    ...(lostScopes.length > 0 && { lost_scopes: lostScopes }),
    ...(uid !== null && uid !== state.lastSeenProfile?.response.uid && { uid }),
    ...(outgoingCommands.length > 0 && {
      outgoing_commands: outgoingCommands.map(({ notBefore, ...command }) => ({ ...command, not_before: notBefore })),
    }),
    ...(state.ownsSessionToken && { owns_session_token: true }),
    ...(pendingFlow !== null && { pending_flow: storedFlow(pendingFlow) }),
    ...state.unknown,
  });
}

function storedFlow({ state, codeVerifier, privateKey, oauthUrl, initialState }: PendingFlow): object {
  return {
    state,
    code_verifier: codeVerifier,
    private_key: privateKey,
    oauth_url: oauthUrl,
    initial_state: initialState,
  };
}

function storedToken({ expiresAt, ...token }: AccessTokenInfo): object {
  return { ...token, expires_at: expiresAt };
}

function storedProfile(profile: CachedProfile | null): object | null {
  return profile && { response: profile.response, cached_at: profile.cachedAt, etag: profile.etag };
}

function storedDevice(device: LocalDevice | null): object | null {
  if (device === null) return null;
  const { pushSubscription: push } = device;
  return {
    id: device.id,
    display_name: device.displayName,
    device_type: deviceTypeToWire(device.deviceType),
    capabilities: device.capabilities,
    push_subscription: push && { endpoint: push.endpoint, public_key: push.publicKey, auth_key: push.authKey },
    push_endpoint_expired: device.pushEndpointExpired,
  };
}
