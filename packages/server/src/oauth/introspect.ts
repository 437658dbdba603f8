import type { BodyOf, oauthEndpoints, ResponseOf } from '@foxden/protocol';
import type { Context } from '../context.js';
import { oauthError } from '../errors.js';
import { toHex } from '../storage/hex.js';
import { authenticateClient, type ClientCredentials } from './client-authentication.js';
import { findClient, requireClient } from './find-client.js';
import { readRefreshToken } from './store/refresh-tokens.js';
import { subjectOf } from './subject.js';
import { hashToken, isOpaqueToken } from './token-hash.js';
import { findAccessToken } from './verify-access-token.js';

type Answer = ResponseOf<typeof oauthEndpoints.introspect>;

/**
 * Whether a token is active, and what it stands for (RFC 7662, oauth-devices §1.8). Whoever holds a token may ask; the
 * refresh token of a client with a secret is described to that client only. Times are milliseconds, as FxA has them.
 * The hint says where to look first (RFC 7662 §2.1).
 * @throws UNKNOWN_CLIENT, INVALID_PARAMETER, INCORRECT_CLIENT_SECRET when credentials are given; NOT_PUBLIC_CLIENT
 */
export async function introspect(
  context: Context,
  { token, token_type_hint: hint }: BodyOf<typeof oauthEndpoints.introspect>,
  credentials: ClientCredentials,
): Promise<Answer> {
  const asking = await authenticated(context, credentials);
  const lookups = [() => describeAccess(context, token), () => describeRefresh(context, token, asking)];
  if (hint === 'refresh_token') lookups.reverse();
  for (const lookup of lookups) {
    const answer = await lookup();
    if (answer !== undefined) return answer;
  }
  return { active: false };
}

/** Id of the client that proved itself; a public client names itself and proves nothing. */
async function authenticated(context: Context, credentials: ClientCredentials): Promise<string | undefined> {
  if (credentials.clientId === undefined || credentials.clientSecret === undefined) return undefined;
  const client = await requireClient(context, credentials.clientId);
  authenticateClient(client, credentials.clientSecret);
  return client.id;
}

async function describeAccess(context: Context, text: string): Promise<Answer | undefined> {
  const token = await findAccessToken(context, text);
  if (token === undefined) return undefined;
  if (token.expiresAt <= context.clock.now()) return { active: false };
  const client = await findClient(context, token.clientId);
  return {
    active: true,
    scope: token.scope,
    client_id: token.clientId,
    token_type: 'access_token',
    iat: token.createdAt,
    exp: token.expiresAt,
    sub: client === undefined ? token.uid : await subjectOf(context, { uid: token.uid, client }),
    jti: token.tokenId,
  };
}

async function describeRefresh(
  context: Context,
  text: string,
  asking: string | undefined,
): Promise<Answer | undefined> {
  if (!isOpaqueToken(text)) return undefined;
  const token = await readRefreshToken(context.storage.db, hashToken(text));
  if (token === undefined) return undefined;
  const client = await requireClient(context, token.clientId);
  if (!client.publicClient && asking !== client.id) throw oauthError('NOT_PUBLIC_CLIENT', { clientId: client.id });
  return {
    active: true,
    scope: token.scope,
    client_id: token.clientId,
    token_type: 'refresh_token',
    iat: token.createdAt,
    sub: await subjectOf(context, { uid: toHex(token.uid), client }),
    jti: toHex(token.tokenHash),
    'fxa-lastUsedAt': token.lastUsedAt,
  };
}
