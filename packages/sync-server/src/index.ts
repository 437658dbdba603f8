/** Firefox Sync 1.5: the token server and the storage, mounted into an HTTP server or standing alone. */
export { createSyncServer, type SyncServer, type SyncServerOptions } from './create-sync-server.js';
export type { LimitSettings } from './limits.js';
export {
  AccountsUnavailable,
  type Clock,
  type Log,
  type Random,
  type TokenVerifier,
  type VerifiedToken,
} from './surroundings.js';
export { createRemoteVerifier, type RemoteVerifierOptions } from './verify/index.js';
