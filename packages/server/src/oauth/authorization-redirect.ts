import type { Config } from '../config/index.js';
import { invalidParameter } from './invalid-parameter.js';

/**
 * Where GET `/v1/authorization` sends the browser: to the page of the same query (oauth-devices §1.5).
 * @param search the query as it came, without its `?`
 * @throws INVALID_PARAMETER for `keys_jwk`, so that key parameters never pass an API host
 */
export function authorizationRedirect({ publicUrl }: Pick<Config, 'publicUrl'>, search: string): string {
  if (new URLSearchParams(search).has('keys_jwk')) throw invalidParameter('keys_jwk');
  return `${publicUrl}/authorization${search === '' ? '' : `?${search}`}`;
}
