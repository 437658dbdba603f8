import type { BodyOf, oauthEndpoints, ResponseOf } from '@foxden/protocol';
import type { Context } from '../context.js';
import { holdSession, type Session } from '../sessions/index.js';
import { fromHex, toHex } from '../storage/hex.js';
import type { OAuthCodeRow } from '../storage/index.js';
import { requireClient } from './find-client.js';
import { recordAuthorization } from './record-authorization.js';
import { requestedScope } from './requested-scope.js';
import { requireEnabledClient } from './require-enabled-client.js';
import { applyRules, CODE_RULES, registeredRedirect, SESSION_RULES } from './rules/index.js';
import { scopeText } from './scope-text.js';
import { requireStandingConsent } from './standing-consent.js';
import { insertCode } from './store/codes.js';
import { readCustomScopes } from './store/scopes.js';
import { hashToken } from './token-hash.js';

/**
 * Makes an authorization code for a client, in the name of a session (RFC 6749 §4.1.1, oauth-devices §1.6). Unless it is
 * `prompt=none`, the person was asked, and that is remembered.
 * @throws CLIENT_DISABLED, UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, UNKNOWN_CLIENT, INVALID_PARAMETER, and what the rules
 *   refuse; FORBIDDEN when the person must be asked and may not be; STALE_AUTH_TIMESTAMP for what was taken away
 */
export async function authorize(
  context: Context,
  session: Session,
  body: BodyOf<typeof oauthEndpoints.oauthAuthorization>,
): Promise<ResponseOf<typeof oauthEndpoints.oauthAuthorization>> {
  requireEnabledClient(context.config, body.client_id);
  applyRules(SESSION_RULES, { session });
  const client = await requireClient(context, body.client_id);
  const scope = requestedScope(body);
  const now = context.clock.now();
  applyRules(CODE_RULES, {
    session,
    client,
    scope,
    customScopes: await readCustomScopes(context.storage.db),
    redirectUri: body.redirect_uri,
    acrValues: body.acr_values,
    maxAge: body.max_age,
    codeChallenge: body.code_challenge,
    codeChallengeMethod: body.code_challenge_method,
    now,
  });

  const code = toHex(context.random.bytes(32));
  const redirectUri = registeredRedirect(client, body.redirect_uri);
  const row: OAuthCodeRow = {
    uid: fromHex(session.uid),
    codeHash: hashToken(code),
    clientId: client.id,
    sessionTokenHash: session.tokenHash,
    scope: scopeText(scope),
    authAt: session.authAt,
    amr: session.amr.join(' '),
    aal: session.aal,
    offline: body.access_type === 'offline' ? 1 : 0,
    codeChallenge: body.code_challenge ?? null,
    keysJwe: body.keys_jwe ?? null,
    redirectUri,
    nonce: body.nonce ?? null,
    createdAt: now,
    redeemedAt: null,
  };
  await context.storage.transaction(async (tx) => {
    await holdSession(context, tx, session);
    if (body.prompt === 'none') await requireStandingConsent(tx, { uid: session.uid, client, scope });
    else await recordAuthorization(tx, { session, client, service: body.service, scope, now });
    await insertCode(tx, row);
  }, 'relaxed');
  const answer = { code, state: body.state, iss: context.config.publicUrl };
  return { code, state: body.state, redirect: withAnswer(redirectUri, answer), scope: scopeText(scope) };
}

/**
 * RFC 6749 §4.1.2: the answer goes into the query, and what is there already stays. A `urn:` name takes one as well. `iss`
 * tells an application that uses several servers which one answered (RFC 9207).
 */
function withAnswer(redirectUri: string, answer: Readonly<Record<string, string>>): string {
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams(answer)}`;
}
