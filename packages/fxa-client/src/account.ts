import type { ScopedKey } from '@foxden/protocol';
import { type CloseTabsResult, closeTabs } from './commands/close-tabs.js';
import { type AccountEvent, handlePushMessage } from './commands/push.js';
import { type IncomingDeviceCommand, pollCommands } from './commands/receive.js';
import { type SendTabResult, sendQueuedCommands, sendTab } from './commands/send-tab.js';
import type { FxaConfig } from './config/fxa-config.js';
import { type FxaServer, isServer } from './config/fxa-server.js';
import { listAttachedClients, listDevices } from './devices/list.js';
import { ensureCapabilities, initializeDevice, requireCurrentDeviceId, updateDevice } from './devices/registration.js';
import type {
  AttachedClient,
  Device,
  DeviceCapability,
  DevicePushSubscription,
  DeviceType,
  LocalDevice,
} from './devices/types.js';
import { FxaError } from './errors/fxa-error.js';
import { type AccountOptions, KeptAccount } from './kept-account.js';
import { type AccessTokenOptions, getAccessToken } from './oauth/access-token.js';
import { type AuthorizationParameters, authorizeCode } from './oauth/authorize-code.js';
import { beginOAuthFlow, beginPairingFlow } from './oauth/begin-flow.js';
import { completeFlow } from './oauth/complete-flow.js';
import { getScopedKey } from './oauth/scoped-key.js';
import {
  handleSessionTokenChange,
  handleWebChannelLogin,
  handleWebChannelPasswordChange,
  signedInUserForWebChannel,
} from './oauth/session-token.js';
import { splitScope } from './oauth/token-answer.js';
import { tidyUp } from './oauth/token-requests.js';
import type { AccessTokenInfo } from './persistence/account-state.js';
import { readState } from './persistence/read-state.js';
import type { AccountStorage } from './persistence/storage.js';
import { getProfile, type Profile } from './profile/profile.js';
import {
  connectionSuccessUrl,
  manageAccountUrl,
  manageDevicesUrl,
  pairingAuthorityUrl,
  tokenServerUrl,
} from './urls/urls.js';

/** Who signed in on the pages of a browser; only the session counts. */
export interface UserData {
  readonly sessionToken: string;
  readonly uid: string;
  readonly email: string;
  readonly verified: boolean;
}

/**
 * The signed-in state of an application: one person's account at one server. The calls of an object run one after the
 * other, and each ends with the account saved. What goes wrong in the world is thrown as {@link FxaError}.
 */
export class FirefoxAccount extends KeptAccount {
  /**
   * An account as {@link toJson} wrote it, here or in the Rust client. Do not load the same text twice: two objects that
   * hold the same tokens take them from each other.
   * @example
   * const restored = FirefoxAccount.fromJson(account.toJson());
   * assert(restored.getAuthState() === account.getAuthState());
   * @throws FxaError `Other` when it is no account of schema V2
   */
  static fromJson(json: string, options: AccountOptions = {}): FirefoxAccount {
    const state = readState(json);
    const { content_url, client_id, redirect_uri, token_server_url_override } = state.config;
    const config: FxaConfig = {
      server: { Custom: content_url },
      clientId: client_id,
      redirectUri: redirect_uri,
      tokenServerUrlOverride: token_server_url_override,
    };
    const account = new FirefoxAccount(config, options);
    account.adopt(state);
    return account;
  }

  /**
   * The account that a storage keeps, or a new one when it keeps none.
   * @example
   * const loaded = await FirefoxAccount.load({ server: 'Release', clientId, redirectUri }, { storage: memoryStorage() });
   * @throws FxaError `Other` when what is kept is no account, or one of another server or client: it is left as it is
   */
  static async load(
    config: FxaConfig,
    options: AccountOptions & { readonly storage: AccountStorage },
  ): Promise<FirefoxAccount> {
    const json = await options.storage.load();
    const fresh = new FirefoxAccount(config, options);
    if (json === undefined) return fresh;
    const account = FirefoxAccount.fromJson(json, options);
    const { content_url, client_id } = account.context.state.config;
    const own = fresh.context.state.config;
    if (content_url !== own.content_url || client_id !== own.client_id) {
      throw new FxaError('Other', `The stored account is one of ${content_url} for the client ${client_id}`);
    }
    account.adopt({ ...account.context.state, config: own }, json);
    return account;
  }

  /**
   * Begins a sign-in on the web and gives its URL. The event BeginOAuthFlow does the same with retries.
   * @example
   * const url = await account.beginOAuthFlow(['profile'], 'menu');
   * @throws FxaError `Network`, `Other`
   */
  beginOAuthFlow(scopes: readonly string[], entrypoint: string, service = ''): Promise<string> {
    const initialState = this.getAuthState();
    return this.exclusive(() => beginOAuthFlow(this.context, { scopes, entrypoint, service, initialState }));
  }

  /**
   * Where a device that is signed in shows the code to scan.
   * @example
   * console.log(`On the other device, open ${account.getPairingAuthorityUrl()}`);
   */
  getPairingAuthorityUrl(): string {
    return pairingAuthorityUrl(this.context);
  }

  /**
   * Begins to sign in by the URL of a scanned code, and gives the URL to go on at.
   * @example
   * const url = await account.beginPairingFlow(pairingUrl, ['profile'], 'menu');
   * @throws FxaError `OriginMismatch` when it is of another server; `Other` when it is no URL
   */
  beginPairingFlow(pairingUrl: string, scopes: readonly string[], entrypoint: string, service = ''): Promise<string> {
    const initialState = this.getAuthState();
    const request = { scopes, entrypoint, service, initialState };
    return this.exclusive(() => beginPairingFlow(this.context, pairingUrl, request));
  }

  /**
   * Completes a flow by what its redirect carried. The event CompleteOAuthFlow also registers the device.
   * @example
   * const { code, state } = await signInOnTheWeb(await account.beginOAuthFlow(['profile'], 'menu'));
   * await account.completeOAuthFlow(code, state);
   * @throws FxaError `NoExistingAuthFlow`; `Network`, after which it can be called again; others
   */
  completeOAuthFlow(code: string, state: string): Promise<void> {
    return this.exclusive(async () => {
      await completeFlow(this.context, code, state);
    });
  }

  /**
   * Takes the session of somebody who signed in on the pages of a browser, so that no second one is made.
   * @example
   * await account.setUserData({ sessionToken, uid, email: 'ada@example.com', verified: true });
   */
  setUserData({ sessionToken }: UserData): Promise<void> {
    return this.exclusive(async () => this.context.update({ sessionToken, ownsSessionToken: false }));
  }

  /**
   * The same from the `data` of the message `fxaccounts:login`.
   * @example
   * await account.handleWebChannelLogin(JSON.stringify({ sessionToken }));
   * @throws FxaError `Authentication` without a session token
   */
  handleWebChannelLogin(json: string): Promise<void> {
    return this.exclusive(async () => handleWebChannelLogin(this.context, json));
  }

  /**
   * What a browser answers to pages that ask who is signed in, as JSON; null without a session.
   * @example
   * const signedInUser = account.getSignedInUserForWebChannel();
   */
  getSignedInUserForWebChannel(): string | null {
    return signedInUserForWebChannel(this.context);
  }

  /**
   * Goes on with the session of the message `fxaccounts:change_password`; scopes, keys and device are kept.
   * @example
   * await account.handleWebChannelPasswordChange(JSON.stringify({ sessionToken }));
   * @throws FxaError `Authentication` when nobody was signed in
   */
  handleWebChannelPasswordChange(json: string): Promise<void> {
    return this.exclusive(() => handleWebChannelPasswordChange(this.context, json));
  }

  /**
   * Takes a new session token, and by it a new refresh token for the same scopes. The device has to be registered again.
   * @example
   * await account.handleSessionTokenChange(sessionToken);
   * @throws FxaError `Authentication` when nobody was signed in
   */
  handleSessionTokenChange(sessionToken: string): Promise<void> {
    return this.exclusive(() => handleSessionTokenChange(this.context, sessionToken));
  }

  /**
   * The session token, for the pages of a browser only.
   * @example
   * const token = account.getSessionToken();
   * @throws FxaError `Authentication` when there is none
   */
  getSessionToken(): string {
    const { sessionToken } = this.context.state;
    if (sessionToken === null) throw new FxaError('Authentication', 'There is no session token');
    return sessionToken;
  }

  /**
   * An authorization code for another application, such as one that is being paired, with the keys it asks for.
   * @example
   * const code = await account.authorizeCodeUsingSessionToken(authorizationParametersFromUrl(new URL(authorizationUrl)));
   * @throws FxaError `Authentication` without a session or a key; `Other` for a scope that is not allowed
   */
  authorizeCodeUsingSessionToken(parameters: AuthorizationParameters): Promise<string> {
    return this.exclusive(() => authorizeCode(this.context, parameters));
  }

  /**
   * An access token for one or more scopes, separated by blanks. After a service refused it, call
   * {@link clearAccessTokenCache} and ask again.
   * @example
   * const { token, expiresAt } = await account.getAccessToken('profile');
   * @throws FxaError `Forbidden` when the person has to be asked by a flow first; `Authentication`
   */
  getAccessToken(scope: string, options?: AccessTokenOptions): Promise<AccessTokenInfo> {
    return this.exclusive(() => getAccessToken(this.context, scope, options));
  }

  /**
   * The end-to-end key of a scope. It must never leave the application.
   * @example
   * const { kid } = account.getScopedKey('https://identity.mozilla.com/apps/oldsync');
   * @throws FxaError `Authentication` when there is none
   */
  getScopedKey(scope: string): ScopedKey {
    return getScopedKey(this.context, scope);
  }

  /**
   * Whether every scope of a list, separated by blanks, is held.
   * @example
   * if (!account.hasScope('profile')) console.log('Ask for it by a flow');
   */
  hasScope(scope: string): boolean {
    const held = this.context.state.refreshToken?.scopes ?? [];
    const wanted = splitScope(scope);
    return wanted.length > 0 && wanted.every((value) => held.includes(value));
  }

  /**
   * Forgets all access tokens, after a service refused one.
   * @example
   * await account.clearAccessTokenCache();
   */
  clearAccessTokenCache(): Promise<void> {
    return this.exclusive(async () => this.context.update({ accessTokenCache: {} }));
  }

  /**
   * The profile of the person, at most two minutes old.
   * @example
   * const { email, displayName } = await account.getProfile();
   * @throws FxaError `Authentication` when nobody is signed in; `Forbidden` without the scope `profile`
   */
  getProfile(ignoreCache = false): Promise<Profile> {
    return this.exclusive(() => getProfile(this.context, ignoreCache));
  }

  /**
   * Registers the application as a device; the event CompleteOAuthFlow does so by itself.
   * @example
   * const { id } = await account.initializeDevice('Ada’s laptop', 'Desktop', ['SendTab']);
   * @throws FxaError `Authentication` when nobody is signed in, or for capabilities without the key of oldsync
   */
  initializeDevice(
    name: string,
    deviceType: DeviceType,
    capabilities: readonly DeviceCapability[],
  ): Promise<LocalDevice> {
    return this.exclusive(() => initializeDevice(this.context, { name, deviceType, capabilities }));
  }

  /**
   * The id under which this application is registered: hex, 32 digits.
   * @example
   * const id = account.getCurrentDeviceId();
   * @throws FxaError `Other` when it is not
   */
  getCurrentDeviceId(): string {
    return requireCurrentDeviceId(this.context);
  }

  /**
   * The devices of the account, at most a minute old; this one is among them.
   * @example
   * const others = (await account.getDevices()).filter((device) => !device.isCurrentDevice);
   * @throws FxaError `Authentication` when nobody is signed in
   */
  getDevices(ignoreCache = false): Promise<readonly Device[]> {
    return this.exclusive(() => listDevices(this.context, ignoreCache));
  }

  /**
   * Devices, applications and browser sessions that are attached to the account, at most a minute old.
   * @example
   * for (const { name, scope } of await account.getAttachedClients()) console.log(name, scope);
   * @throws FxaError `Authentication` without a session token
   */
  getAttachedClients(ignoreCache = false): Promise<readonly AttachedClient[]> {
    return this.exclusive(() => listAttachedClients(this.context, ignoreCache));
  }

  /**
   * Names this device.
   * @example
   * await account.setDeviceName('Ada’s laptop');
   * @throws FxaError `Authentication` when nobody is signed in
   */
  setDeviceName(name: string): Promise<LocalDevice> {
    return this.exclusive(() => updateDevice(this.context, { name }));
  }

  /**
   * Leaves the name of this device to the server.
   * @example
   * await account.clearDeviceName();
   * @throws FxaError `Authentication` when nobody is signed in
   */
  clearDeviceName(): Promise<LocalDevice> {
    return this.exclusive(() => updateDevice(this.context, { name: null }));
  }

  /**
   * Sees to it that exactly these capabilities are registered; asks the server only when they are not.
   * @example
   * await account.ensureCapabilities(['SendTab', 'CloseTabs']);
   * @throws FxaError as {@link initializeDevice}
   */
  ensureCapabilities(capabilities: readonly DeviceCapability[]): Promise<LocalDevice> {
    return this.exclusive(() => ensureCapabilities(this.context, capabilities));
  }

  /**
   * Tells the server where to push messages for {@link handlePushMessage}.
   * @example
   * await account.setPushSubscription({ endpoint: 'https://push.example.com/1', publicKey, authKey });
   * @throws FxaError `Authentication` when nobody is signed in
   */
  setPushSubscription(pushSubscription: DevicePushSubscription): Promise<LocalDevice> {
    return this.exclusive(() => updateDevice(this.context, { pushSubscription }));
  }

  /**
   * Takes note of a push message, decrypted, and says what it tells.
   * @example
   * const event = await account.handlePushMessage('{"version":1,"command":"fxaccounts:profile_updated"}');
   * if (event.type === 'ProfileUpdated') await account.getProfile(true);
   * @throws FxaError `Other` when it is no message about this account
   */
  handlePushMessage(payload: string): Promise<AccountEvent> {
    return this.exclusive(() => handlePushMessage(this.context, payload));
  }

  /**
   * What other devices asked of this one since the last time. Also sends what is queued for them.
   * @example
   * for (const command of await account.pollDeviceCommands()) {
   *   if (command.type === 'TabReceived') console.log(command.payload.entries.at(-1)?.url);
   * }
   * @throws FxaError; the same commands come again then
   */
  pollDeviceCommands(): Promise<readonly IncomingDeviceCommand[]> {
    return this.exclusive(async () => {
      const commands = await pollCommands(this.context);
      await tidyUp(() => sendQueuedCommands(this.context));
      return commands;
    });
  }

  /**
   * Sends a tab to a device. While the server is busy or out of reach the tab is kept: see {@link sendQueuedCommands}.
   * @example
   * const result = await account.sendSingleTab(otherDeviceId, 'Foxes', 'https://example.com/foxes');
   * if (result.type === 'Queued') console.log(`It will be sent in ${result.retryAfter} s`);
   * @throws FxaError `Other` for a device that is not known or takes no tabs
   */
  sendSingleTab(targetDeviceId: string, title: string, url: string, isPrivate = false): Promise<SendTabResult> {
    return this.exclusive(() => sendTab(this.context, targetDeviceId, { title, url, isPrivate }));
  }

  /**
   * Sends the tabs that had to wait; gives the seconds to wait before the next attempt, undefined when none is left.
   * @example
   * const retryAfter = await account.sendQueuedCommands();
   * if (retryAfter !== undefined) setTimeout(() => void account.sendQueuedCommands(), 1000 * retryAfter);
   * @throws FxaError when the server refuses one for good; the others are still queued
   */
  sendQueuedCommands(): Promise<number | undefined> {
    return this.exclusive(() => sendQueuedCommands(this.context));
  }

  /**
   * Asks a device to close tabs.
   * @example
   * const result = await account.closeTabs(otherDeviceId, ['https://example.com/foxes']);
   * if (result.type === 'TabsNotClosed') console.log(result.urls);
   * @throws FxaError `Other` for a device that is not known or closes no tabs
   */
  closeTabs(targetDeviceId: string, urls: readonly string[]): Promise<CloseTabsResult> {
    return this.exclusive(() => closeTabs(this.context, targetDeviceId, urls));
  }

  /**
   * What commands were sent and received since the last time, as JSON.
   * @example
   * const ping = JSON.parse(account.gatherTelemetry());
   */
  gatherTelemetry(): string {
    return this.context.telemetry.gather();
  }

  /**
   * The token server of Sync; what follows it is `1.0/sync/1.5`.
   * @example
   * const url = new URL('1.0/sync/1.5', await account.getTokenServerEndpointUrl());
   * @throws FxaError `Network`, `Other`
   */
  getTokenServerEndpointUrl(): Promise<string> {
    return this.exclusive(() => tokenServerUrl(this.context));
  }

  /**
   * A page that says that signing in went well.
   * @example
   * const url = account.getConnectionSuccessUrl();
   */
  getConnectionSuccessUrl(): string {
    return connectionSuccessUrl(this.context);
  }

  /**
   * The settings of the account.
   * @example
   * const url = await account.getManageAccountUrl('menu');
   * @throws FxaError `Authentication` when nobody is signed in
   */
  getManageAccountUrl(entrypoint: string): Promise<string> {
    return this.exclusive(() => manageAccountUrl(this.context, entrypoint));
  }

  /**
   * The devices of the account, in its settings.
   * @example
   * const url = await account.getManageDevicesUrl('menu');
   * @throws FxaError `Authentication` when nobody is signed in
   */
  getManageDevicesUrl(entrypoint: string): Promise<string> {
    return this.exclusive(() => manageDevicesUrl(this.context, entrypoint));
  }

  /**
   * Whether the account is one of a server.
   * @example
   * assert(!account.matchesServer('Stage'));
   */
  matchesServer(server: FxaServer): boolean {
    return isServer(this.context.state.config.content_url, server);
  }
}
