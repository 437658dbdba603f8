import { oauthError } from '../../errors.js';
import type { CodeAttempt } from './attempt.js';

/** The page looked at the clock a moment ago and sent the person here: what was recent then must still count. */
const LEEWAY = 5;

/**
 * `max_age`: the person proved the password at most that many seconds ago (OpenID Connect Core §3.1.2.1).
 * @throws INSUFFICIENT_ACR_VALUES, which sends the person to prove it again
 */
export function requireRecentAuthentication({ session, maxAge, now }: CodeAttempt): void {
  if (maxAge !== undefined && (now - session.authAt) / 1000 > maxAge + LEEWAY) {
    throw oauthError('INSUFFICIENT_ACR_VALUES', { foundValue: `AAL${session.aal}` });
  }
}
