import type { ScopedKey } from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import { FxaError } from '../errors/fxa-error.js';

/**
 * The key of a scope, as the last flow that asked for the scope delivered it.
 * @throws FxaError `Authentication` when there is none: ask for the scope by a flow
 */
export function getScopedKey({ state }: AccountContext, scope: string): ScopedKey {
  const key = state.scopedKeys[scope];
  if (key === undefined) throw new FxaError('Authentication', `There is no key for ${scope}`);
  return key;
}
