import { deriveToken, matchesCodeChallenge, parseScope, SCOPE_SESSION_TOKEN, scopeImplies } from '@foxden/protocol';
import { holdAccount } from '../../accounts/index.js';
import type { Context } from '../../context.js';
import { oauthError } from '../../errors.js';
import { tellingDisconnections } from '../../push/index.js';
import { findSession, type PendingSession, prepareDuplicate, type Session } from '../../sessions/index.js';
import { fromHex, toHex } from '../../storage/hex.js';
import type { Bytes, Database, OAuthCodeRow } from '../../storage/index.js';
import { announceDevice } from '../announce-device.js';
import type { OAuthClient } from '../client.js';
import { authenticateClient, requireClientId } from '../client-authentication.js';
import { endDevicesOf } from '../end-refresh-tokens.js';
import { invalidParameter } from '../invalid-parameter.js';
import { prepareTokens, type TokenAnswer } from '../issue-tokens.js';
import { CODE_LIFETIME } from '../lifetimes.js';
import { ensureDevice } from '../placeholder-device.js';
import { readClient } from '../store/clients.js';
import { markRedeemed, readCode } from '../store/codes.js';
import { deleteGrant } from '../store/revocation.js';
import { hashToken } from '../token-hash.js';
import type { TokenRequest } from './token-request.js';

/**
 * Redeems an authorization code (RFC 6749 §4.1.3). A code works once: a second redemption is refused, and ends what the
 * first one gave out, because one of the two was a thief's (§4.1.2).
 * @throws UNKNOWN_CLIENT, INVALID_PARAMETER and INCORRECT_CLIENT_SECRET about the client; UNKNOWN_, MISMATCH_ and
 *   EXPIRED_AUTHORIZATION_CODE, MISSING_PKCE_PARAMETERS, INVALID_PKCE_CHALLENGE, INCORRECT_REDIRECT_URI about the code
 */
export async function authorizationCode(context: Context, request: TokenRequest): Promise<TokenAnswer> {
  const { body } = request;
  // Read anew, not from memory: a client that was removed a moment ago must not get tokens that nobody would revoke.
  const clientId = requireClientId(request.credentials);
  const client = await readClient(context.storage.db, clientId);
  if (client === undefined) throw oauthError('UNKNOWN_CLIENT', { clientId });
  authenticateClient(client, request.credentials.clientSecret);
  const requestCode = body.code;
  if (requestCode === undefined) throw invalidParameter('code');
  const code = await readCode(context.storage.db, hashToken(requestCode));
  if (code === undefined) throw unknownCode(requestCode);
  await checkCode(context, client, code, { ...body, code: requestCode });

  const session = await prepareSessionFor(context, request, code, requestCode);
  const uid = toHex(code.uid);
  const scope = parseScope(code.scope);
  const sessionTokenHash = heldSession(request, uid) ?? session?.row.tokenHash ?? null;
  const tokens = prepareTokens(context, {
    uid,
    client,
    scope,
    ttl: body.ttl,
    resource: body.resource,
    ppidSeed: body.ppid_seed,
    grantId: code.codeHash,
    offline: code.offline === 1,
    authAt: code.authAt,
    amr: code.amr.split(' '),
    aal: code.aal,
    nonce: code.nonce,
    sessionTokenHash,
  });
  const isFirst = await context.storage.transaction(async (tx) => {
    await holdAccount(context.storage, tx, { uid });
    if (!(await markRedeemed(tx, code, context.clock.now()))) {
      await tellingDisconnections(context, tx, uid, async () =>
        endDevicesOf(tx, await deleteGrant(tx, code.uid, code.codeHash)),
      );
      return false;
    }
    await tokens.insert(tx);
    if (session !== undefined) {
      // Looked at again: a password change may have ended the session that this one is a copy of.
      await requireAuthorisingSession(tx, code, requestCode);
      await session.insert(tx);
    }
    const { refreshTokenHash } = tokens;
    if (await ensureDevice(context, tx, request, { uid, client, scope, refreshTokenHash, sessionTokenHash })) {
      await announceDevice(context, tx, request.caller, uid);
    }
    return true;
  });
  context.push.wake();
  if (!isFirst) throw unknownCode(requestCode);

  return {
    ...(await tokens.answer()),
    ...(code.keysJwe !== null && { keys_jwe: code.keysJwe }),
    ...(session !== undefined && (await sessionAnswer(request, session))),
  };
}

interface Presented {
  readonly code: string;
  readonly code_verifier?: string | undefined;
  readonly redirect_uri?: string | undefined;
}

/** What never changes about a code; whether it was used is decided later, in the transaction. */
async function checkCode(context: Context, client: OAuthClient, code: OAuthCodeRow, presented: Presented) {
  const requestCode = presented.code;
  if (code.clientId !== client.id) throw oauthError('MISMATCH_AUTHORIZATION_CODE', { requestCode, client: client.id });
  await checkVerifier(code, presented.code_verifier);
  if (presented.redirect_uri !== undefined && presented.redirect_uri !== code.redirectUri) {
    throw oauthError('INCORRECT_REDIRECT_URI', { redirectUri: presented.redirect_uri });
  }
  const expiredAt = code.createdAt + CODE_LIFETIME;
  // A used code goes on to the transaction even if it is old, where its tokens are revoked.
  if (code.redeemedAt === null && expiredAt <= context.clock.now()) {
    throw oauthError('EXPIRED_AUTHORIZATION_CODE', { requestCode, expiredAt });
  }
}

/** RFC 7636 §4.6. A verifier for a code without a challenge is refused too: somebody stripped the challenge (RFC 9700 §4.8.2). */
async function checkVerifier({ codeChallenge }: OAuthCodeRow, codeVerifier: string | undefined): Promise<void> {
  if (codeChallenge === null && codeVerifier === undefined) return;
  if (codeVerifier === undefined) throw oauthError('MISSING_PKCE_PARAMETERS');
  if (codeChallenge === null || !(await matchesCodeChallenge(codeVerifier, codeChallenge))) {
    throw oauthError('INVALID_PKCE_CHALLENGE');
  }
}

/** The session of a client that has one already; a client that adds scopes stays the device it is. */
function heldSession({ session }: TokenRequest, uid: string): Bytes | undefined {
  return session?.uid === uid ? session.tokenHash : undefined;
}

/**
 * The scope `tokens/session` buys a session like the one that authorised the code.
 * @throws UNKNOWN_AUTHORIZATION_CODE when that one is gone
 */
async function prepareSessionFor(
  context: Context,
  { caller }: TokenRequest,
  code: OAuthCodeRow,
  requestCode: string,
): Promise<PendingSession | undefined> {
  if (!scopeImplies(code.scope, SCOPE_SESSION_TOKEN)) return undefined;
  return prepareDuplicate(context, caller, await requireAuthorisingSession(context.storage.db, code, requestCode));
}

async function requireAuthorisingSession(db: Database, code: OAuthCodeRow, requestCode: string): Promise<Session> {
  const session = code.sessionTokenHash === null ? undefined : await findSession(db, code.sessionTokenHash);
  if (session === undefined) throw unknownCode(requestCode);
  return session;
}

async function sessionAnswer(
  { sessionMember }: TokenRequest,
  { sessionToken }: PendingSession,
): Promise<Partial<TokenAnswer>> {
  if (sessionMember === 'session_token') return { session_token: sessionToken };
  const { tokenId } = await deriveToken('sessionToken', fromHex(sessionToken));
  return { session_token_id: tokenId };
}

function unknownCode(requestCode: string) {
  return oauthError('UNKNOWN_AUTHORIZATION_CODE', { requestCode });
}
