import { type AuthClient, AuthClientError, getClient, isAuthError } from '@foxden/auth-client';
import { namesBrowser } from '../browser/browser-flow.js';
import type { OAuthErrorCode } from '../oauth/error-codes.js';
import type { OAuthRequest } from '../oauth/oauth-request.js';
import { errorUrl, returnAddress } from '../oauth/return-address.js';
import type { Place } from '../routing/navigation.js';
import { asksForCode, type Flow, namesPerson, type OAuthFlow, readFlow } from './flow.js';
import type { Problem } from './problem.js';

/** How a flow begins: with its first step, with an answer to the application at once, or not at all. */
export type Beginning =
  | { readonly kind: 'flow'; readonly flow: Flow }
  | { readonly kind: 'answer'; readonly url: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Begins the flow of a browser that names itself in the address; loaded when there is one. */
export type BeginInBrowser = (flow: Flow, query: URLSearchParams) => Promise<Beginning>;

/**
 * Reads what the address asks for. An application's request is checked before anybody is asked anything: until client
 * and redirect URI are known to be right, nothing is sent anywhere (RFC 6749 §4.1.2.1).
 */
export async function beginFlow(
  client: AuthClient,
  { path, query }: Place,
  browser?: BeginInBrowser,
): Promise<Beginning> {
  const flow = readFlow(path, query);
  if (browser !== undefined && namesBrowser(query)) {
    return browser(flow, query).catch(() => problem({ kind: 'unreachable' }));
  }
  if (!asksForCode(path, query)) return { kind: 'flow', flow };
  const clientId = query.get('client_id') ?? '';
  if (!/^[0-9a-fA-F]{16}$/.test(clientId) || query.getAll('client_id').length > 1) {
    return problem({ kind: 'unknown-application' });
  }
  try {
    const information = await getClient(client, clientId.toLowerCase());
    const address = returnAddress(query, information);
    if (address === undefined) return problem({ kind: 'wrong-return-address' });
    const namesNobody = namesPerson(path, query) && flow.hint === undefined;
    const request = namesNobody ? 'invalid_request' : await checkRequest(query, information);
    if (typeof request !== 'string') {
      return { kind: 'flow', flow: { ...flow, oauth: { request, client: information, returnAddress: address } } };
    }
    if (address.takesErrors) return { kind: 'answer', url: errorUrl(address, request) };
    return problem({ kind: 'refused-request', code: request, application: information.name });
  } catch (error) {
    if (isAuthError(error, 'UNKNOWN_CLIENT', 'INVALID_PARAMETER')) return problem({ kind: 'unknown-application' });
    const answered = error instanceof AuthClientError && error.status !== undefined;
    return problem({ kind: answered ? 'server' : 'unreachable' });
  }
}

/** What is known of the request before anybody is asked, or the error that it is. */
export async function checkRequest(
  query: URLSearchParams,
  client: OAuthFlow['client'],
): Promise<OAuthRequest | OAuthErrorCode> {
  // Who signs in to the account itself needs none of it.
  const { readRequest } = await import('../oauth/read-request.js');
  const request = readRequest(query, client);
  if (typeof request === 'string') return request;
  if (request.keysJwk === undefined) return request;
  const { isKeysJwk } = await import('../oauth/keys.js');
  return isKeysJwk(request.keysJwk) ? request : 'invalid_request';
}

const problem = (of: Problem): Beginning => ({ kind: 'problem', problem: of });
