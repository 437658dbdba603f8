import { AuthClientError, getClient, isAuthError } from '@foxden/auth-client';
import { serviceName } from '@foxden/protocol';
import type { OAuthErrorCode } from '../oauth/error-codes.js';
import { withoutNeedlessKeys } from '../oauth/needless-keys.js';
import type { OAuthRequest } from '../oauth/oauth-request.js';
import { readRequest } from '../oauth/read-request.js';
import { errorUrl, returnAddress } from '../oauth/return-address.js';
import type { Place } from '../routing/navigation.js';
import type { Beginning, Surroundings } from './begin.js';
import { namesPerson, type OAuthFlow, readFlow } from './flow.js';
import type { Problem } from './problem.js';

/** Begins an application's request. */
export async function beginRequest({ client, accounts, issuer }: Surroundings, place: Place): Promise<Beginning> {
  const oauth = await checkedRequest({ client, issuer }, place);
  if ('kind' in oauth) return oauth;
  const request = await withoutNeedlessKeys(client, accounts.get(), oauth.request);
  return { kind: 'flow', flow: { ...readFlow(place.path, place.query), oauth: { ...oauth, request } } };
}

/**
 * Reads an application's request. It is checked before anybody is asked anything: until client and redirect URI are known
 * to be right, nothing is sent anywhere (RFC 6749 §4.1.2.1).
 */
export async function checkedRequest(
  { client, issuer }: Pick<Surroundings, 'client' | 'issuer'>,
  { path, query }: Place,
): Promise<OAuthFlow | Beginning> {
  const clientId = query.get('client_id') ?? '';
  if (!/^[0-9a-fA-F]{16}$/.test(clientId) || query.getAll('client_id').length > 1) {
    return problem({ kind: 'unknown-application' });
  }
  try {
    const information = await getClient(client, clientId.toLowerCase());
    const address = returnAddress(query, information, issuer);
    if (address === undefined) return problem({ kind: 'wrong-return-address' });
    const namesNobody = namesPerson(path, query) && readFlow(path, query).hint === undefined;
    const request = namesNobody ? 'invalid_request' : await checkRequest(query, information);
    if (typeof request !== 'string') {
      return { request, client: withService(information, request.service), returnAddress: address };
    }
    if (address.takesErrors) return { kind: 'answer', url: errorUrl(address, request) };
    return problem({ kind: 'refused-request', code: request, application: information.name });
  } catch (error) {
    if (isAuthError(error, 'UNKNOWN_CLIENT', 'INVALID_PARAMETER')) return problem({ kind: 'unknown-application' });
    const answered = error instanceof AuthClientError && error.status !== undefined;
    return problem({ kind: answered ? 'server' : 'unreachable' });
  }
}

/** What is known of a request before anybody is asked, or the error that it is. */
export async function checkRequest(
  query: URLSearchParams,
  client: OAuthFlow['client'],
): Promise<OAuthRequest | OAuthErrorCode> {
  const request = readRequest(query, client);
  if (typeof request === 'string') return request;
  if (request.keysJwk === undefined) return request;
  const { isKeysJwk } = await import('../oauth/keys.js');
  return isKeysJwk(request.keysJwk) ? request : 'invalid_request';
}

/** Where a browser names one of its services, people are to see which one it is that they sign in to. */
export function withService(client: OAuthFlow['client'], service = ''): OAuthFlow['client'] {
  const name = serviceName(service);
  return name === undefined ? client : { ...client, name: `${name} (${client.name})` };
}

const problem = (of: Problem): Beginning => ({ kind: 'problem', problem: of });
