import { authError } from '../../errors.js';
import type { ScopeAttempt } from './attempt.js';
import { intersecting } from './limit-custom-scopes.js';

/**
 * Scopes with keys are for sessions that were confirmed beyond the password. The answer is errno 138 and not OAuth 104:
 * that one becomes a 401 here, which a browser takes for "signed out" (auth-api §12, 10).
 * @throws UNVERIFIED_SESSION
 */
export function requireVerifiedSessionForKeys({ session, scope, customScopes }: ScopeAttempt): void {
  if (!session.tokenVerified && intersecting(scope, customScopes.withKeys).length > 0) {
    throw authError('UNVERIFIED_SESSION');
  }
}
