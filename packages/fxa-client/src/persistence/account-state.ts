import type { ScopedKey } from '@foxden/protocol';
import type { StoredConfig } from '../config/fxa-config.js';
import type { DeviceCapability, LocalDevice } from '../devices/types.js';
import type { AuthState } from '../state/states.js';

/** A refresh token and what it was granted. */
export interface RefreshToken {
  /** hex, 64 digits */
  readonly token: string;
  readonly scopes: readonly string[];
}

/** An access token with its key (client §3.3). */
export interface AccessTokenInfo {
  /** As the server granted it. */
  readonly scope: string;
  readonly token: string;
  /** Only where exactly one scope was asked for. Must never leave the application. */
  readonly key: ScopedKey | null;
  /** seconds since the epoch */
  readonly expiresAt: number;
}

/** The profile as the server answered it. */
export interface ProfileResponse {
  readonly uid: string;
  readonly email: string;
  readonly displayName: string | null;
  readonly avatar: string;
  readonly avatarDefault: boolean;
}

export interface CachedProfile {
  readonly response: ProfileResponse;
  /** milliseconds since the epoch */
  readonly cachedAt: number;
  /** As the server sent it, with its quotes. */
  readonly etag: string;
}

/** A sealed command that the server asked to send later. */
export interface OutgoingCommand {
  readonly target: string;
  readonly command: string;
  readonly encrypted: string;
  /** milliseconds since the epoch */
  readonly notBefore: number;
}

/** A flow that was begun and not completed (client §6.1). */
export interface PendingFlow {
  /** The OAuth `state` by which the redirect is recognized. */
  readonly state: string;
  readonly codeVerifier: string;
  /** The private JWK that opens the keys of the answer. */
  readonly privateKey: string;
  readonly oauthUrl: string;
  readonly initialState: AuthState;
}

/** Everything of an account that outlives the process (client §5.1). */
export interface AccountState {
  readonly config: StoredConfig;
  readonly currentDeviceId: string | null;
  readonly refreshToken: RefreshToken | null;
  readonly scopedKeys: Readonly<Record<string, ScopedKey>>;
  readonly lastHandledCommand: number | null;
  /** Command name → private keys, as JSON. */
  readonly commandsData: Readonly<Record<string, string>>;
  readonly deviceCapabilities: readonly DeviceCapability[];
  /** Sorted scopes, joined by blanks → token. */
  readonly accessTokenCache: Readonly<Record<string, AccessTokenInfo>>;
  /** hex, 64 digits */
  readonly sessionToken: string | null;
  readonly lastSeenProfile: CachedProfile | null;
  readonly serverLocalDeviceInfo: LocalDevice | null;
  readonly loggedOutFromAuthIssues: boolean;
  /** The refresh token as it was when authorization came into doubt: not used, but its scopes are asked for again. */
  readonly suspectRefreshToken: RefreshToken | null;
  /** Scopes that went with a token which was worth nothing any more, while another is held; asked for again, too. */
  readonly lostScopes: readonly string[];
  /** Whose account it is, once a profile was seen; hex, 32 digits. */
  readonly uid: string | null;
  readonly outgoingCommands: readonly OutgoingCommand[];
  /** The session was made for this application by a flow, and not handed over by a browser. */
  readonly ownsSessionToken: boolean;
  readonly pendingFlow: PendingFlow | null;
  /** Members of a loaded file that this version does not know; they are saved again. */
  readonly unknown: Readonly<Record<string, unknown>>;
}

/** An account that nobody has signed in to. */
export function emptyState(config: StoredConfig): AccountState {
  return {
    config,
    currentDeviceId: null,
    refreshToken: null,
    scopedKeys: {},
    lastHandledCommand: null,
    commandsData: {},
    deviceCapabilities: [],
    accessTokenCache: {},
    sessionToken: null,
    lastSeenProfile: null,
    serverLocalDeviceInfo: null,
    loggedOutFromAuthIssues: false,
    suspectRefreshToken: null,
    lostScopes: [],
    uid: null,
    outgoingCommands: [],
    ownsSessionToken: false,
    pendingFlow: null,
    unknown: {},
  };
}

/** What the person once allowed, and no token in use is good for; a session or the next flow brings it back. */
export function missingScopes({ refreshToken, suspectRefreshToken, lostScopes }: AccountState): readonly string[] {
  const had = new Set([...(suspectRefreshToken?.scopes ?? []), ...lostScopes]);
  return [...had].filter((scope) => refreshToken?.scopes.includes(scope) !== true);
}
