import { createHmac, hkdfSync } from 'node:crypto';
import { parseScope, type ScopeSet, scopesNotImplied, unionScopes } from '@foxden/protocol';
import { holdAccount } from '../../accounts/index.js';
import type { Context } from '../../context.js';
import { moveDevice } from '../../devices/index.js';
import { oauthError } from '../../errors.js';
import { fromHex, toHex } from '../../storage/hex.js';
import type { Database, ExchangedTokenRow, RefreshTokenRow } from '../../storage/index.js';
import { prepareAccessToken } from '../access-token.js';
import type { OAuthClient } from '../client.js';
import { requireClient } from '../find-client.js';
import { invalidParameter } from '../invalid-parameter.js';
import { accessTokenAnswer, type TokenAnswer } from '../issue-tokens.js';
import { ensureDevice } from '../placeholder-device.js';
import { readScopeParameter } from '../requested-scope.js';
import { requireEnabledClient } from '../require-enabled-client.js';
import { endReusedGrant, isFresh } from '../reused-token.js';
import { intersecting, limitCustomScopes } from '../rules/limit-custom-scopes.js';
import { limitUntrustedClient } from '../rules/limit-untrusted-client.js';
import { scopeText } from '../scope-text.js';
import { EXCHANGE_CLIENTS, FREE_EXCHANGE_SCOPES } from '../seeds.js';
import { forbiddenScopes, readStandingConsent, revokedOf } from '../standing-consent.js';
import { insertAccessToken } from '../store/access-tokens.js';
import { insertExchangedToken, readExchangedToken } from '../store/exchanged-tokens.js';
import { insertRefreshToken, readRefreshToken, takeRefreshToken } from '../store/refresh-tokens.js';
import { type CustomScopes, readCustomScopes } from '../store/scopes.js';
import { hashToken } from '../token-hash.js';
import { SIGN_IN_SCOPES } from './refresh-token.js';
import type { TokenRequest } from './token-request.js';

/** An exchange that may be made, before it is known whether it was made already. */
interface Exchange {
  readonly client: OAuthClient;
  /** What is to be added, read and as it was sent. */
  readonly added: ScopeSet;
  readonly addedScope: string;
  /** hex, 64 digits */
  readonly successor: string;
  readonly customScopes: CustomScopes;
}

/**
 * Turns a refresh token into one with more scopes, without asking anybody (RFC 8693 in FxA's form, oauth-devices §1.7):
 * `scope` names what is added, the answer has the union, the device stays the same, and the old token ends. Whoever did
 * not hear the answer may ask again for a minute and gets the same token; it is derived from the old one, so that both are
 * stored as hashes only. Who comes later with the old token ends what came from it.
 * @throws INVALID_PARAMETER; INVALID_TOKEN for an unknown, another client's or an exchanged token; CLIENT_DISABLED;
 *   FORBIDDEN for other than native clients, and for scopes that the person was never asked about; INVALID_SCOPES for
 *   scopes that the client has no permission for
 */
export async function tokenExchange(context: Context, request: TokenRequest): Promise<TokenAnswer> {
  const { body, credentials } = request;
  const { subject_token: subjectToken, scope: addedScope = '' } = body;
  if (subjectToken === undefined) throw invalidParameter('subject_token');
  if (body.subject_token_type === undefined) throw invalidParameter('subject_token_type');
  const added = readScopeParameter(addedScope);
  if (added.length === 0) throw invalidParameter('scope');
  const { storage } = context;
  const tokenHash = hashToken(subjectToken);
  const subject = (await readRefreshToken(storage.db, tokenHash)) ?? (await readExchangedToken(storage.db, tokenHash));
  if (subject === undefined) throw oauthError('INVALID_TOKEN');
  if (credentials.clientId !== undefined && credentials.clientId !== subject.clientId)
    throw oauthError('INVALID_TOKEN');
  const client = await requireClient(context, subject.clientId);
  requireEnabledClient(context.config, client.id);
  if (!EXCHANGE_CLIENTS.has(client.id)) throw oauthError('FORBIDDEN');
  const customScopes = await readCustomScopes(storage.db);
  limitUntrustedClient({ client, scope: added });
  limitCustomScopes({ client, scope: added, customScopes });

  const successor = successorOf(context, subjectToken);
  const exchange = { client, added, addedScope, successor, customScopes };
  const tokens = await storage.transaction(async (tx) => {
    await holdAccount(storage, tx, { uid: toHex(subject.uid) });
    const token = await takeRefreshToken(tx, tokenHash);
    const refresh =
      token === undefined
        ? await findSuccessor(context, tx, exchange, await readExchangedToken(tx, tokenHash))
        : await replace(context, tx, exchange, token, request);
    if (refresh === undefined) return undefined;
    const grant = {
      uid: toHex(refresh.uid),
      client,
      scope: parseScope(refresh.scope),
      ttl: body.ttl,
      resource: body.resource,
      ppidSeed: body.ppid_seed,
      grantId: refresh.grantId,
    };
    const access = prepareAccessToken(context, grant);
    if (access.isStored) await insertAccessToken(tx, access.row);
    return { grant, access, authAt: refresh.authAt };
  });
  if (tokens === undefined) {
    await endReusedGrant(context, tokenHash);
    throw oauthError('INVALID_TOKEN');
  }
  context.push.wake();
  return {
    ...(await accessTokenAnswer(context, tokens.grant, tokens.access)),
    auth_at: Math.floor(tokens.authAt / 1000),
    refresh_token: successor,
  };
}

/** The one refresh token that another one can be exchanged for, hex, 64 digits: HMAC-SHA256 under a key of the server. */
function successorOf({ secret }: Pick<Context, 'secret'>, subjectToken: string): string {
  const key = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), 'foxden/oauth/token-exchange', 32));
  return createHmac('sha256', key).update(fromHex(subjectToken)).digest('hex');
}

/** The successor of a token that was exchanged a moment ago, for the same scope; undefined for any other token. */
async function findSuccessor(
  { clock }: Context,
  tx: Database,
  { successor, addedScope }: Exchange,
  exchanged: ExchangedTokenRow | undefined,
): Promise<RefreshTokenRow | undefined> {
  if (exchanged === undefined || !isFresh(exchanged, clock.now()) || exchanged.addedScope !== addedScope)
    return undefined;
  return readRefreshToken(tx, hashToken(successor));
}

async function replace(
  context: Context,
  tx: Database,
  exchange: Exchange,
  token: RefreshTokenRow,
  request: TokenRequest,
): Promise<RefreshTokenRow> {
  const { client, added, addedScope, successor } = exchange;
  await requireMayAdd(tx, exchange, token);
  const now = context.clock.now();
  const scope = unionScopes(parseScope(token.scope), added);
  const grantId = token.grantId ?? token.tokenHash;
  const refreshTokenHash = hashToken(successor);
  const row = {
    ...token,
    tokenHash: refreshTokenHash,
    scope: scopeText(scope),
    grantId,
    createdAt: now,
    lastUsedAt: now,
  };
  await insertRefreshToken(tx, row);
  await insertExchangedToken(tx, {
    uid: token.uid,
    tokenHash: token.tokenHash,
    clientId: client.id,
    addedScope,
    successorHash: refreshTokenHash,
    grantId,
    exchangedAt: now,
  });
  const uid = toHex(token.uid);
  const { sessionTokenHash } = token;
  if (!(await moveDevice(tx, uid, token.tokenHash, refreshTokenHash))) {
    await ensureDevice(context, tx, request, { uid, client, scope, refreshTokenHash, sessionTokenHash });
  }
  return row;
}

/**
 * What a token holds already may be named again; what is new must have been allowed to this client before, and not taken
 * away since. Keys are for sessions that were confirmed beyond the password; the token remembers how its session was.
 * @throws FORBIDDEN
 */
async function requireMayAdd(tx: Database, exchange: Exchange, token: RefreshTokenRow): Promise<void> {
  const { client, added, customScopes } = exchange;
  const wanted = scopesNotImplied(parseScope(token.scope), added);
  const consent = await readStandingConsent(tx, toHex(token.uid), client.id);
  const neverAsked = scopesNotImplied(unionScopes(consent.allowed, FREE_EXCHANGE_SCOPES), wanted);
  const ofSignIn = wanted.filter((value) => SIGN_IN_SCOPES.includes(value.text));
  const unproven = token.amr === 'pwd' ? intersecting(wanted, customScopes.withKeys) : [];
  const refused = [...neverAsked, ...revokedOf(consent, wanted), ...ofSignIn, ...unproven];
  if (refused.length > 0) throw forbiddenScopes(unionScopes(refused, []));
}
