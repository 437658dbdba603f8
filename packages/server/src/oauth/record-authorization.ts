import { isService, parseScope, type ScopeSet, scopeImplies, unionScopes } from '@foxden/protocol';
import { oauthError } from '../errors.js';
import type { Session } from '../sessions/index.js';
import { fromHex } from '../storage/hex.js';
import type { Database } from '../storage/index.js';
import type { OAuthClient } from './client.js';
import { scopeText } from './scope-text.js';
import { readStandingConsent, revokedOf } from './standing-consent.js';
import { deleteRevokedScope, putAuthorization, readAuthorizations } from './store/authorizations.js';

/** A person allows a client a scope, now. */
export interface NewAuthorization {
  readonly session: Session;
  readonly client: OAuthClient;
  /** As the request has it. */
  readonly service: string | undefined;
  readonly scope: ScopeSet;
  /** Milliseconds. */
  readonly now: number;
}

/**
 * Remembers what the person allows, by client and service. What was taken away comes back only if the password was
 * proved after that: a client may hold the session, but not the password (docs/decisions/0009).
 * @throws STALE_AUTH_TIMESTAMP, which sends the person to prove it again
 */
export async function recordAuthorization(tx: Database, authorization: NewAuthorization): Promise<void> {
  const { session, client, scope, now } = authorization;
  const { uid, authAt } = session;
  const consent = await readStandingConsent(tx, uid, client.id);
  const returning = revokedOf(consent, scope);
  for (const row of consent.revoked) {
    const concerned = returning.some((value) => revokedOf({ allowed: [], revoked: [row] }, [value]).length > 0);
    if (concerned && authAt <= row.revokedAt) {
      throw oauthError('STALE_AUTH_TIMESTAMP', { authAt: Math.floor(authAt / 1000) });
    }
    if (scopeImplies(scope, row.scope)) await deleteRevokedScope(tx, row);
  }
  const service = knownService(authorization.service);
  const records = await readAuthorizations(tx, uid, client.id);
  const before = records.find((row) => row.service === service);
  await putAuthorization(tx, {
    uid: fromHex(uid),
    clientId: client.id,
    service,
    scope: scopeText(unionScopes(parseScope(before?.scope ?? ''), scope)),
    createdAt: before?.createdAt ?? now,
    authorizedAt: now,
  });
}

/** Applications may send any text, such as their own id; only the name of a service tells something. */
function knownService(service = ''): string {
  return isService(service) ? service : '';
}
