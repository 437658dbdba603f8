import { parseScope, scopeImplies } from '@foxden/protocol';
import { profileError } from '../errors.js';
import type { AccessToken } from '../oauth/index.js';

/**
 * Makes sure that a token may do something.
 * @param scopes of which one is enough
 * @throws FORBIDDEN
 */
export function requireScope(token: AccessToken, ...scopes: readonly string[]): void {
  const granted = parseScope(token.scope);
  if (!scopes.some((scope) => scopeImplies(granted, scope))) throw profileError('FORBIDDEN');
}
