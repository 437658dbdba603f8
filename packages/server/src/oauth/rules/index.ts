/** What an authorization must satisfy: one rule a file, in the order in which they are applied. oauth-devices §1.6. */
import { requireUsableSession, requireVerifiedAccount } from '../../sessions/index.js';
import type { CodeAttempt, Rule, ScopeAttempt, SessionAttempt } from './attempt.js';
import { limitCustomScopes } from './limit-custom-scopes.js';
import { limitUntrustedClient } from './limit-untrusted-client.js';
import { requireAcrValues } from './require-acr-values.js';
import { requirePkce } from './require-pkce.js';
import { requireRecentAuthentication } from './require-recent-authentication.js';
import { requireRegisteredRedirect } from './require-registered-redirect.js';
import { requireVerifiedSessionForKeys } from './require-verified-session-for-keys.js';

export type { CodeAttempt, ScopeAttempt } from './attempt.js';
export { registeredRedirect } from './require-registered-redirect.js';

/** Before the client is looked at. */
export const SESSION_RULES: readonly Rule<SessionAttempt>[] = [
  ({ session }) => requireVerifiedAccount(session),
  ({ session }) => requireUsableSession(session),
];

/** What a client may be given, whichever way it asks. */
export const SCOPE_RULES: readonly Rule<ScopeAttempt>[] = [
  limitUntrustedClient,
  limitCustomScopes,
  requireVerifiedSessionForKeys,
];

/** What a request for a code must satisfy, once its client is known. */
export const CODE_RULES: readonly Rule<CodeAttempt>[] = [
  requireRegisteredRedirect,
  requireAcrValues,
  requireRecentAuthentication,
  ...SCOPE_RULES,
  requirePkce,
];

/** Applies rules in their order; the first one that is broken throws. */
export function applyRules<A>(rules: readonly Rule<A>[], attempt: A): void {
  for (const rule of rules) rule(attempt);
}
