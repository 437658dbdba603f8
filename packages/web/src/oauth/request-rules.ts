import { isScope, serviceScope } from '@foxden/protocol';
import type { OAuthErrorCode } from './error-codes.js';

/** Looks at the query of an authorization request; gives the error that it is, if it is one. */
type Rule = (query: URLSearchParams) => OAuthErrorCode | undefined;

/** RFC 6749 §3.1: a parameter must not come more than once. */
const noParameterTwice: Rule = (query) => (new Set(query.keys()).size === query.size ? undefined : 'invalid_request');

const knownResponseType: Rule = (query) =>
  ['code', null].includes(query.get('response_type')) ? undefined : 'unsupported_response_type';

/** OpenID Connect Core §3.1.2.1 demands it; older clients of FxA leave it out. */
const someResponseType: Rule = (query) => {
  const isOpenid = query.get('scope')?.split(/[ +]/).includes('openid') === true;
  return isOpenid && !query.has('response_type') ? 'invalid_request' : undefined;
};

/** A browser may name a service instead (oauth-devices §1.5). */
const someScope: Rule = (query) => (scopeText(query).trim() === '' ? 'invalid_request' : undefined);

const readableScope: Rule = (query) => (isScope(scopeText(query), { splitOnPlus: true }) ? undefined : 'invalid_scope');

const boundedState: Rule = (query) => ((query.get('state') ?? '').length > 512 ? 'invalid_request' : undefined);

const boundedNonce: Rule = (query) => ((query.get('nonce') ?? '').length > 512 ? 'invalid_request' : undefined);

const knownAccessType: Rule = (query) =>
  ['online', 'offline', null].includes(query.get('access_type')) ? undefined : 'invalid_request';

/** RFC 7636 §4.3, with S256 alone (RFC 9700 §2.1.1): both or neither. */
const wholeCodeChallenge: Rule = (query) => {
  const challenge = query.get('code_challenge');
  const method = query.get('code_challenge_method');
  if (challenge === null && method === null) return undefined;
  return method === 'S256' && /^[A-Za-z0-9_-]{43}$/.test(challenge ?? '') ? undefined : 'invalid_request';
};

const countableMaxAge: Rule = (query) =>
  /^\d{1,10}$/.test(query.get('max_age') ?? '0') ? undefined : 'invalid_request';

/** `prompt` may name several; we can do one at a time, and `none` never stands with others. */
const knownPrompt: Rule = (query) =>
  ['none', 'login', 'consent', 'select_account', null].includes(query.get('prompt')) ? undefined : 'invalid_request';

/** OpenID Connect Core §6: we take the parameters from the query alone. */
const noRequestObject: Rule = (query) => {
  if (query.has('request')) return 'request_not_supported';
  return query.has('request_uri') ? 'request_uri_not_supported' : undefined;
};

/** The scope of a request by its own words, or by the service that it names instead. */
export function scopeText(query: URLSearchParams): string {
  return query.get('scope') ?? serviceScope(query.get('service') ?? '', { withKeys: query.has('keys_jwk') }) ?? '';
}

/** What an authorization request must satisfy before anybody is asked anything, in this order (oauth-devices §1.5). */
export const REQUEST_RULES: readonly Rule[] = [
  noParameterTwice,
  noRequestObject,
  knownResponseType,
  someResponseType,
  someScope,
  readableScope,
  boundedState,
  boundedNonce,
  knownAccessType,
  wholeCodeChallenge,
  countableMaxAge,
  knownPrompt,
];
