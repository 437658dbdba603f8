/**
 * Both sides of pairing, and the encrypted channel between them (OAuth §6).
 * Only `WebSocket`, WebCrypto and `URL`: browsers, Node, Deno and Bun.
 */
export { type Authority, type AuthorityOptions, startAuthority } from './authority/authority.js';
export type { AuthorityEnd, AuthorityState, SupplicantIdentity } from './authority/states.js';
export { createChannel, joinChannel, type PairingChannel } from './channel/channel.js';
export type { ChannelListener } from './channel/connection.js';
export type { PairingEnvironment, PairingSocket } from './environment.js';
export { PairingError, type PairingFailure } from './error.js';
export type { PairingAuthorization } from './messages/authorization.js';
export type { AuthorityMetadata, RemoteMetadata } from './messages/metadata.js';
export { type PairingRequest, readPairingRequest } from './messages/request.js';
export { type ChannelAddress, pairingUrl, readPairingUrl } from './pairing-url.js';
export type { AuthorityIdentity, SupplicantEnd, SupplicantState } from './supplicant/states.js';
export { type Supplicant, type SupplicantOptions, startSupplicant } from './supplicant/supplicant.js';
