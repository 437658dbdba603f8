import { parseScope, scopesNotImplied } from '@foxden/protocol';
import { oauthError } from '../../errors.js';
import { scopeText } from '../scope-text.js';
import type { ScopeAttempt } from './attempt.js';

const BASIC_SCOPES = parseScope('openid email profile:uid profile:email profile:display_name');

/**
 * An untrusted client may learn who the person is, and nothing else (oauth-devices §1.5).
 * @throws INVALID_SCOPES with the scopes that are too much
 */
export function limitUntrustedClient({ client, scope }: Pick<ScopeAttempt, 'client' | 'scope'>): void {
  if (client.trusted) return;
  const refused = scopesNotImplied(BASIC_SCOPES, scope);
  if (refused.length > 0) throw oauthError('INVALID_SCOPES', { invalidScopes: scopeText(refused) });
}
