import type { PageConfig } from '../config.js';

/** Whether people may sign in to an application by pairing: the operator may have named those that they may (oauth-devices §6.4). */
export function mayPair({ pairingClients }: PageConfig, clientId: string): boolean {
  return pairingClients?.includes(clientId) ?? true;
}
