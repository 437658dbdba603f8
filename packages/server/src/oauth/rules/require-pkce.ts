import { oauthError } from '../../errors.js';
import { invalidParameter } from '../invalid-parameter.js';
import type { CodeAttempt } from './attempt.js';

/**
 * A public client must bind its code to a verifier (RFC 7636); a client with a secret may, and RFC 9700 §2.1.1 wishes it
 * would. FxA refuses the latter, but no client depends on being refused, and OpenID Connect libraries send it unasked.
 * @throws MISSING_PKCE_PARAMETERS; INVALID_PARAMETER for a challenge without a method, which would mean `plain`
 */
export function requirePkce({ client, codeChallenge, codeChallengeMethod }: CodeAttempt): void {
  if ((codeChallenge === undefined) !== (codeChallengeMethod === undefined)) {
    throw invalidParameter(codeChallenge === undefined ? 'code_challenge' : 'code_challenge_method');
  }
  if (client.publicClient && codeChallenge === undefined) throw oauthError('MISSING_PKCE_PARAMETERS');
}
