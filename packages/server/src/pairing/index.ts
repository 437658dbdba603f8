/**
 * The channel server of pairing: two devices that know a channel's id talk through it, end to end encrypted, until one is
 * signed in by the other. oauth-devices §6.1; RFC 6455. What others may use: the pairing of the context, and its routes.
 */
export { createPairing, type PairingOptions, type RunningPairing } from './create-pairing.js';
export { installPairing } from './install-pairing.js';
