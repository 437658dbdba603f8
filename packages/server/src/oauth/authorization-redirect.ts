import { invalidParameter } from './invalid-parameter.js';

/**
 * Path of the page that GET `/v1/authorization` sends the browser to, with the same query (oauth-devices §1.5).
 * @throws INVALID_PARAMETER for `keys_jwk`, so that key parameters never pass an API host
 */
export function authorizationRedirect(query: URLSearchParams): string {
  if (query.has('keys_jwk')) throw invalidParameter('keys_jwk');
  return query.size === 0 ? '/authorization' : `/authorization?${query}`;
}
