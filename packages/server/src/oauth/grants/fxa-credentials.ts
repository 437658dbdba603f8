import type { Context } from '../../context.js';
import { authError, oauthError } from '../../errors.js';
import { holdSession } from '../../sessions/index.js';
import { announceDevice } from '../announce-device.js';
import { authenticateClient, requireClientId } from '../client-authentication.js';
import { requireClient } from '../find-client.js';
import { prepareTokens, type TokenAnswer } from '../issue-tokens.js';
import { ensureDevice } from '../placeholder-device.js';
import { readScopeParameter } from '../requested-scope.js';
import { requireEnabledClient } from '../require-enabled-client.js';
import { applyRules, SCOPE_RULES, SESSION_RULES } from '../rules/index.js';
import { requireStandingConsent } from '../standing-consent.js';
import { readCustomScopes } from '../store/scopes.js';
import type { TokenRequest } from './token-request.js';

/**
 * Gives tokens for a session directly, to clients that are part of the browser (oauth-devices §1.7).
 * @throws INVALID_TOKEN without a session; UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION; UNKNOWN_CLIENT, INVALID_GRANT_TYPE,
 *   CLIENT_DISABLED, NOT_PUBLIC_CLIENT, INVALID_PARAMETER about the client; INVALID_SCOPES; FORBIDDEN for what the person
 *   took away from the client
 */
export async function fxaCredentials(context: Context, request: TokenRequest): Promise<TokenAnswer> {
  const { body, credentials, session } = request;
  if (session === undefined) throw authError('INVALID_TOKEN');
  applyRules(SESSION_RULES, { session });
  const client = await requireClient(context, requireClientId(credentials));
  requireEnabledClient(context.config, client.id);
  if (!client.canGrant) throw oauthError('INVALID_GRANT_TYPE');
  if (!client.publicClient) throw oauthError('NOT_PUBLIC_CLIENT', { clientId: client.id });
  authenticateClient(client, credentials.clientSecret);
  const scope = readScopeParameter(body.scope ?? '');
  applyRules(SCOPE_RULES, { session, client, scope, customScopes: await readCustomScopes(context.storage.db) });

  const offline = body.access_type === 'offline';
  const tokens = prepareTokens(context, {
    uid: session.uid,
    client,
    scope,
    ttl: body.ttl,
    resource: body.resource,
    ppidSeed: body.ppid_seed,
    grantId: null,
    offline,
    authAt: session.authAt,
    amr: session.amr,
    aal: session.aal,
    nonce: null,
    sessionTokenHash: session.tokenHash,
  });
  await context.storage.transaction(
    async (tx) => {
      await holdSession(context, tx, session);
      await requireStandingConsent(tx, { uid: session.uid, client, scope });
      await tokens.insert(tx);
      const { refreshTokenHash } = tokens;
      const { uid, tokenHash: sessionTokenHash } = session;
      if (await ensureDevice(context, tx, request, { uid, client, scope, refreshTokenHash, sessionTokenHash })) {
        await announceDevice(context, tx, request.caller, uid);
      }
    },
    offline ? 'full' : 'relaxed',
  );
  context.push.wake();
  return tokens.answer();
}
