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

/** Pages that applications may have a form sent to (OpenID Connect Core §3.1.2.1, RP-Initiated Logout 1.0 §2). */
export const FORM_PAGES = ['/authorization', '/logout'] as const;

/**
 * Where a form that was sent to a page goes: to the same page with a query, which is where pages look.
 * @param form the body as it was parsed; a member that came twice has a list
 */
export function formRedirect({ publicUrl }: Pick<Config, 'publicUrl'>, page: string, form: unknown): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(form ?? {})) {
    for (const text of [value].flat()) query.append(name, String(text));
  }
  return `${publicUrl}${page}?${query}`;
}
