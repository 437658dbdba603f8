import { parseScope } from '@foxden/protocol';
import type { OAuthErrorCode } from './error-codes.js';
import type { ClientInformation, OAuthRequest, Prompt } from './oauth-request.js';
import { REQUEST_RULES, scopeText } from './request-rules.js';

/** What an application that is not the operator's own may learn; it is not given more, whatever it asks for. */
const UNTRUSTED_SCOPES = ['openid', 'email', 'profile:uid', 'profile:email', 'profile:display_name'];

/** The request in a query, or the error that it is. The client and its return address have been checked before. */
export function readRequest(query: URLSearchParams, client: ClientInformation): OAuthRequest | OAuthErrorCode {
  for (const rule of REQUEST_RULES) {
    const error = rule(query);
    if (error !== undefined) return error;
  }
  const asked = parseScope(scopeText(query), { splitOnPlus: true }).map(({ text }) => text);
  const scope = client.trusted ? asked : asked.filter((value) => UNTRUSTED_SCOPES.includes(value));
  if (scope.length === 0) return 'invalid_scope';
  const optional = (name: string): string | undefined => query.get(name) ?? undefined;
  const maxAge = optional('max_age');
  return {
    clientId: client.id,
    scope,
    service: optional('service'),
    state: optional('state'),
    redirectUri: optional('redirect_uri'),
    accessType: query.get('access_type') === 'offline' ? 'offline' : 'online',
    codeChallenge: optional('code_challenge'),
    keysJwk: optional('keys_jwk'),
    nonce: optional('nonce'),
    acrValues: optional('acr_values'),
    prompt: optional('prompt') as Prompt | undefined,
    maxAge: maxAge === undefined ? undefined : Number(maxAge),
    idTokenHint: optional('id_token_hint'),
  };
}
