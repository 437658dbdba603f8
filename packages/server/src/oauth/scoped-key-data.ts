import type { BodyOf, oauthEndpoints, ResponseOf } from '@foxden/protocol';
import type { Context } from '../context.js';
import { oauthError } from '../errors.js';
import type { Session } from '../sessions/index.js';
import { requireClient } from './find-client.js';
import { readScopeParameter } from './requested-scope.js';
import { applyRules, SCOPE_RULES, SESSION_RULES } from './rules/index.js';
import { readCustomScopes } from './store/scopes.js';

/** Scopes share no rotation of their own yet: all of them change with kB and only then. */
const KEY_ROTATION_SECRET = '00'.repeat(32);

/**
 * What a client needs besides kB to derive the keys of its scopes (oauth-devices §2.1); scopes without keys are left out.
 * @throws UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, UNKNOWN_CLIENT, INVALID_SCOPES; STALE_AUTH_TIMESTAMP when the session
 *   proved a password that opened another kB
 */
export async function scopedKeyData(
  context: Context,
  session: Session,
  body: BodyOf<typeof oauthEndpoints.scopedKeyData>,
): Promise<ResponseOf<typeof oauthEndpoints.scopedKeyData>> {
  applyRules(SESSION_RULES, { session });
  const client = await requireClient(context, body.client_id);
  const scope = readScopeParameter(body.scope);
  const customScopes = await readCustomScopes(context.storage.db);
  applyRules(SCOPE_RULES, { session, client, scope, customScopes });
  const withKeys = new Set(customScopes.withKeys.map((value) => value.text));
  const asked = scope.filter((value) => withKeys.has(value.text));
  const keyRotationTimestamp = session.keysChangedAt || session.verifierSetAt;
  if (asked.length > 0 && Math.floor(session.authAt / 1000) < Math.floor(keyRotationTimestamp / 1000)) {
    throw oauthError('STALE_AUTH_TIMESTAMP', { authAt: Math.floor(session.authAt / 1000) });
  }
  return Object.fromEntries(
    asked.map(({ text }) => [text, { identifier: text, keyRotationSecret: KEY_ROTATION_SECRET, keyRotationTimestamp }]),
  );
}
