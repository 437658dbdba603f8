/** WebChannel: what a page of the accounts server and the browser that shows it say to each other (webchannel §1 to §6). */
export {
  type BrowserContext,
  CONTEXT_DESKTOP_V3,
  CONTEXT_OAUTH_WEBCHANNEL,
  readWebChannelDetail,
  WEBCHANNEL_ERRNO_NO_CHANNEL,
  WEBCHANNEL_ID,
  WEBCHANNEL_REDIRECT_URI,
  WEBCHANNEL_TO_BROWSER,
  WEBCHANNEL_TO_PAGE,
  type WebChannelMessage,
} from './channel.js';
export type { AnsweredCommand, AnsweredCommands, ToldCommand, ToldCommands, WebChannelCommand } from './commands.js';
export { DESKTOP_V3_ENGINES, SYNC_ENGINES, type SyncEngine, type SyncEngineChoice } from './engines.js';
export {
  PAIRING_AUTHORITY_REDIRECT_URI,
  type PairingHeartbeat,
  type PairingReference,
  type SupplicantMetadata,
} from './pairing.js';
export type {
  BrowserLogin,
  BrowserOAuthLogin,
  BrowserPasswordChange,
  CanLinkAccountRequest,
  RequestedServices,
} from './sign-in.js';
export type { BrowserCapabilities, BrowserUser, FxaStatus, FxaStatusRequest } from './status.js';
