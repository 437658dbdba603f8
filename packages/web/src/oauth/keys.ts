/** What only applications with end-to-end keys need; loaded for them alone, since it brings the JOSE library. */
import { MalformedError, parseKeysJwk } from '@foxden/protocol';

export { sealScopedKeys } from '@foxden/auth-client';

/** Whether keys can be sealed to a keys_jwk (oauth-devices §2.3). */
export function isKeysJwk(keysJwk: string): boolean {
  try {
    parseKeysJwk(keysJwk);
    return true;
  } catch (error) {
    if (error instanceof MalformedError) return false;
    throw error;
  }
}
