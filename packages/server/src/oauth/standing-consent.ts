import { intersectsScope, parseScope, type ScopeSet, scopesNotImplied, unionScopes } from '@foxden/protocol';
import { oauthError } from '../errors.js';
import type { Database, RevokedScopeRow } from '../storage/index.js';
import type { OAuthClient } from './client.js';
import { scopeText } from './scope-text.js';
import { readAuthorizations, readRevokedScopes } from './store/authorizations.js';

/** What a person has said about a client so far. */
export interface StandingConsent {
  /** Everything that was allowed and not taken back, for whichever service. */
  readonly allowed: ScopeSet;
  readonly revoked: readonly RevokedScopeRow[];
}

export async function readStandingConsent(db: Database, uid: string, clientId: string): Promise<StandingConsent> {
  const records = await readAuthorizations(db, uid, clientId);
  return {
    allowed: records.reduce<ScopeSet>((all, { scope }) => unionScopes(all, parseScope(scope)), []),
    revoked: await readRevokedScopes(db, uid, clientId),
  };
}

/** The values of a scope that give something the person took away and did not allow again. */
export function revokedOf({ allowed, revoked }: StandingConsent, scope: ScopeSet): ScopeSet {
  const taken = parseScope(revoked.map((row) => row.scope).join(' '));
  return scopesNotImplied(allowed, scope).filter((value) => intersectsScope([value], taken));
}

/**
 * Where nobody is asked, nothing comes back that was taken away (docs/decisions/0009), and a client that is not the
 * operator's own gets what it was allowed before and no more.
 * @throws FORBIDDEN with the scopes that the person must be asked about
 */
export async function requireStandingConsent(
  tx: Database,
  attempt: { readonly uid: string; readonly client: OAuthClient; readonly scope: ScopeSet },
): Promise<void> {
  const { uid, client, scope } = attempt;
  const consent = await readStandingConsent(tx, uid, client.id);
  const missing = client.trusted ? revokedOf(consent, scope) : scopesNotImplied(consent.allowed, scope);
  if (missing.length > 0) throw forbiddenScopes(missing);
}

/** The error for scopes that need the person's word first. */
export function forbiddenScopes(scope: ScopeSet) {
  return oauthError('FORBIDDEN', { invalidScopes: scopeText(scope) });
}
