import type { TokenKind } from '@foxden/protocol';
import { authError } from '../errors.js';
import type { CredentialTypes } from '../http/route.js';
import type { Gateway } from './gateway.js';

/**
 * The proof of an operation that finds a token in its input.
 * @returns what throws INVALID_TOKEN, as the REST twin does, when the token is not known
 */
export function tokenOf<I, K extends TokenKind>(kind: K, read: (input: I) => string) {
  return async (gateway: Gateway, input: I): Promise<CredentialTypes[K]> => {
    const found = await gateway.token(kind, read(input));
    if (found === undefined) throw authError('INVALID_TOKEN', { detail: 'Token not found' });
    return found;
  };
}
