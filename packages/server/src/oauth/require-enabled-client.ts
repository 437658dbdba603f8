import type { Config } from '../config/index.js';
import { oauthError } from '../errors.js';

/**
 * Clients that the operator switched off get nothing new (oauth-devices §1.6, §1.7).
 * @throws CLIENT_DISABLED
 */
export function requireEnabledClient({ disabledClients }: Pick<Config, 'disabledClients'>, clientId: string): void {
  if (disabledClients.includes(clientId.toLowerCase())) throw oauthError('CLIENT_DISABLED', { clientId });
}
