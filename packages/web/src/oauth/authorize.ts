import { type AuthClient, createAuthorizationCode } from '@foxden/auth-client';
import { isService } from '@foxden/protocol';
import type { StoredAccount } from '../account/stored-account.js';
import type { Visit } from '../account/visit.js';
import type { OAuthRequest } from './oauth-request.js';
import { successUrl } from './return-address.js';

/**
 * Asks for the code and gives the URL that delivers it (oauth-devices §1.6).
 * @throws AuthClientError of the server's refusal
 */
export async function authorize(
  client: AuthClient,
  account: StoredAccount,
  visit: Visit,
  request: OAuthRequest,
): Promise<string> {
  const { redirect } = await fetchCode(client, account, visit, request);
  return successUrl(redirect, request.state);
}

/**
 * Asks for the code, with sealed keys where they are wanted (oauth-devices §1.6, §2.3).
 * @throws AuthClientError of the server's refusal
 */
export async function fetchCode(
  client: AuthClient,
  account: StoredAccount,
  visit: Visit,
  request: OAuthRequest,
): ReturnType<typeof createAuthorizationCode> {
  const scope = request.scope.join(' ');
  const keysJwe = request.keysJwk === undefined ? undefined : await sealKeys(client, account, visit, request, scope);
  return createAuthorizationCode(client, account.sessionToken, {
    client_id: request.clientId,
    // The API wants a state; an application that sent none does not get this one back.
    state: request.state ?? '',
    scope,
    service: serviceOf(request),
    response_type: 'code',
    redirect_uri: request.redirectUri,
    access_type: request.accessType,
    code_challenge: request.codeChallenge,
    code_challenge_method: request.codeChallenge === undefined ? undefined : 'S256',
    keys_jwe: keysJwe,
    acr_values: request.acrValues,
    max_age: request.maxAge,
    nonce: request.nonce,
    prompt: request.prompt,
  });
}

/** The API takes the name of a service, and applications put other things there too. */
function serviceOf({ service }: OAuthRequest): string | undefined {
  return service !== undefined && isService(service) ? service : undefined;
}

async function sealKeys(
  client: AuthClient,
  { sessionToken, uid }: StoredAccount,
  visit: Visit,
  { clientId, keysJwk = '' }: OAuthRequest,
  scope: string,
): Promise<string | undefined> {
  const [{ sealScopedKeys }, kB] = await Promise.all([import('./keys.js'), visit.openKeys(client, uid)]);
  return sealScopedKeys(client, { sessionToken, clientId, scope, keysJwk, kB, uid });
}
