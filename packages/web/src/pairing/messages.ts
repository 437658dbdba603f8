import { resource as english } from '../messages/en/pairing.ftl';

/** The texts that all pages of pairing share. */
export const pairingMessages = { name: 'pairing', english };
