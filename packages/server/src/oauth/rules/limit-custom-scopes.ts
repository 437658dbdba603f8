import { intersectsScope, type ScopeSet, scopesNotImplied } from '@foxden/protocol';
import { oauthError } from '../../errors.js';
import { scopeText } from '../scope-text.js';
import type { ScopeAttempt } from './attempt.js';

/** The values of a scope that give some or all of a custom scope, or more than it. */
export function intersecting(scope: ScopeSet, custom: ScopeSet): ScopeSet {
  return scope.filter((value) => intersectsScope([value], custom));
}

/**
 * Custom scopes are for the clients that have a permission for them (oauth-devices §1.6). Not only their own names count:
 * `https://identity.mozilla.com/apps` implies every application's scope, and a part of a scope is still of that scope.
 * @throws INVALID_SCOPES with the scopes that the client has no permission for
 */
export function limitCustomScopes({
  client,
  scope,
  customScopes,
}: Pick<ScopeAttempt, 'client' | 'scope' | 'customScopes'>): void {
  const refused = scopesNotImplied(client.allowedScopes, intersecting(scope, customScopes.all));
  if (refused.length > 0) throw oauthError('INVALID_SCOPES', { invalidScopes: scopeText(refused) });
}
