import { oauthError } from '../../errors.js';
import type { OAuthClient } from '../client.js';
import type { CodeAttempt } from './attempt.js';

/**
 * Where the code goes: the registered URI that a request names character by character, or the first one if it names none
 * (RFC 9700 §2.1: no patterns). Native applications register `urn:` names and schemes of their own.
 * @throws INCORRECT_REDIRECT_URI
 */
export function registeredRedirect(client: OAuthClient, redirectUri: string | undefined): string {
  const [first] = client.redirectUris;
  const registered = redirectUri === undefined ? first : client.redirectUris.find((uri) => uri === redirectUri);
  if (registered === undefined) throw oauthError('INCORRECT_REDIRECT_URI', { redirectUri });
  return registered;
}

/** @throws INCORRECT_REDIRECT_URI for a URI that is not registered */
export function requireRegisteredRedirect({ client, redirectUri }: CodeAttempt): void {
  registeredRedirect(client, redirectUri);
}
