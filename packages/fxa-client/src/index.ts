/**
 * The signed-in state of an application, as the Firefox Accounts client component has it: client reference §1 to §11.
 * Only `fetch`, WebCrypto and `URL`: Node, browsers, Deno and Bun.
 */
export type { ScopedKey } from '@foxden/protocol';
export { FirefoxAccount, type UserData } from './account.js';
export type { CloseTabsResult } from './commands/close-tabs.js';
export type { CloseTabsPayload, SendTabPayload, TabHistoryEntry } from './commands/payloads.js';
export type { AccountEvent } from './commands/push.js';
export type { IncomingDeviceCommand } from './commands/receive.js';
export type { SendTabResult } from './commands/send-tab.js';
export { type FxaConfig, WEB_CHANNEL_REDIRECT_URI } from './config/fxa-config.js';
export { contentUrl, type FxaServer, serverFromUrl } from './config/fxa-server.js';
export type {
  AttachedClient,
  Device,
  DeviceCapability,
  DeviceConfig,
  DevicePushSubscription,
  DeviceType,
  LocalDevice,
} from './devices/types.js';
export { FxaError, type FxaErrorDetails, type FxaErrorKind } from './errors/fxa-error.js';
export type { Environment } from './http/connection.js';
export type { AccountOptions } from './kept-account.js';
export type { AccessTokenOptions } from './oauth/access-token.js';
export type { AuthorizationInfo } from './oauth/authorization.js';
export { type AuthorizationParameters, authorizationParametersFromUrl } from './oauth/authorize-code.js';
export type { Observer } from './observers.js';
export type { AccessTokenInfo } from './persistence/account-state.js';
export { encryptedStorage } from './persistence/encrypted-storage.js';
export { type Files, fileStorage } from './persistence/file-storage.js';
export {
  type AccountStorage,
  type ExtensionStorage,
  extensionStorage,
  memoryStorage,
  type WebStorage,
  webStorage,
} from './persistence/storage.js';
export type { Profile } from './profile/profile.js';
export { type FxaStateCheckerEvent, type FxaStateCheckerState, FxaStateMachineChecker } from './state/checker.js';
export type {
  AuthState,
  AuthState as FxaRustAuthState,
  EventName,
  FxaEvent,
  FxaState,
  StateName,
} from './state/states.js';
export { EFFECTS, TRANSITIONS } from './state/table.js';
