/**
 * Both sides of pairing, and the encrypted channel between them (OAuth §6).
 * Only `WebSocket`, WebCrypto and `URL`: browsers, Node, Deno and Bun.
 */
export {
  type Authority,
  type AuthorityEnd,
  type AuthorityOptions,
  type AuthorityState,
  type SupplicantIdentity,
  startAuthority,
} from './authority/authority.js';
export { type ChannelListener, createChannel, joinChannel, type PairingChannel } from './channel/channel.js';
export type { PairingEnvironment, PairingSocket } from './environment.js';
export { PairingError, type PairingFailure } from './error.js';
export type { PairingAuthorization } from './messages/authorization.js';
export type { AuthorityMetadata, RemoteMetadata } from './messages/metadata.js';
export { type PairingRequest, readPairingRequest } from './messages/request.js';
export { type ChannelAddress, pairingUrl, readPairingUrl } from './pairing-url.js';
export {
  type AuthorityIdentity,
  type Supplicant,
  type SupplicantEnd,
  type SupplicantOptions,
  type SupplicantState,
  startSupplicant,
} from './supplicant/supplicant.js';
