import type { BodyOf, oauthEndpoints } from '@foxden/protocol';
import type { Context } from '../context.js';
import { oauthError } from '../errors.js';
import { tellingDisconnections } from '../push/index.js';
import { fromHex, toHex } from '../storage/hex.js';
import type { Bytes } from '../storage/index.js';
import { authenticateClient, type ClientCredentials, requireClientId } from './client-authentication.js';
import { endRefreshToken } from './end-refresh-tokens.js';
import { requireClient } from './find-client.js';
import { invalidParameter } from './invalid-parameter.js';
import { deleteAccessToken } from './store/access-tokens.js';
import { readRefreshToken } from './store/refresh-tokens.js';
import { hashToken, isOpaqueToken } from './token-hash.js';
import { findAccessToken } from './verify-access-token.js';

/**
 * POST `/destroy`: whoever holds a token may destroy it (oauth-devices §1.8). A refresh token takes the access tokens of
 * its grant along.
 * @throws INVALID_PARAMETER when no token is named; INVALID_TOKEN for an unknown one, or one of another client than the
 *   request names; UNKNOWN_CLIENT, INCORRECT_CLIENT_SECRET
 */
export async function destroyToken(
  context: Context,
  body: BodyOf<typeof oauthEndpoints.destroy>,
  credentials: ClientCredentials,
): Promise<void> {
  const clientId = await namedClient(context, credentials);
  if (!(await destroyNamed(context, body, clientId))) throw oauthError('INVALID_TOKEN');
}

/**
 * POST `/oauth/destroy`: a client revokes a token of its own (RFC 7009). An unknown token, or one of another client, is
 * no error: what the client wants is the case.
 * @throws INVALID_PARAMETER, UNKNOWN_CLIENT, INCORRECT_CLIENT_SECRET about the client
 */
export async function revokeToken(
  context: Context,
  body: BodyOf<typeof oauthEndpoints.oauthDestroy>,
  credentials: ClientCredentials,
): Promise<void> {
  const client = await requireClient(context, requireClientId(credentials));
  authenticateClient(client, credentials.clientSecret);
  await destroyAny(context, body.token, body.token_type_hint, client.id);
}

/** Credentials are optional here; a secret is checked when it comes with an id, and ignored without one. */
async function namedClient(context: Context, credentials: ClientCredentials): Promise<string | undefined> {
  if (credentials.clientId === undefined) return undefined;
  const client = await requireClient(context, credentials.clientId);
  if (credentials.clientSecret !== undefined) authenticateClient(client, credentials.clientSecret);
  return client.id;
}

async function destroyNamed(
  context: Context,
  body: BodyOf<typeof oauthEndpoints.destroy>,
  clientId: string | undefined,
): Promise<boolean> {
  if (body.token !== undefined) return destroyAny(context, body.token, body.token_type_hint, clientId);
  if (body.access_token !== undefined) return destroyAccess(context, body.access_token, clientId);
  if (body.refresh_token !== undefined) return destroyRefresh(context, hashToken(body.refresh_token), clientId);
  if (body.refresh_token_id !== undefined) return destroyRefresh(context, fromHex(body.refresh_token_id), clientId);
  throw invalidParameter('token');
}

/** Looks for a token of either kind; the hint says which kind first (RFC 7009 §2.1). */
async function destroyAny(
  context: Context,
  token: string,
  hint: string | undefined,
  clientId: string | undefined,
): Promise<boolean> {
  const asAccess = () => destroyAccess(context, token, clientId);
  const asRefresh = async () => isOpaqueToken(token) && destroyRefresh(context, hashToken(token), clientId);
  const [first, second] = hint === 'refresh_token' ? [asRefresh, asAccess] : [asAccess, asRefresh];
  return (await first()) || (await second());
}

async function destroyAccess(context: Context, text: string, clientId: string | undefined): Promise<boolean> {
  // In a transaction, though one statement: what was destroyed must not come back with a power cut.
  const remove = (tokenHash: Bytes) => context.storage.transaction((tx) => deleteAccessToken(tx, tokenHash, clientId));
  if (isOpaqueToken(text)) return remove(hashToken(text));
  const token = await findAccessToken(context, text);
  if (token === undefined || (clientId !== undefined && token.clientId !== clientId)) return false;
  // A short-lived JWT is not stored and ends by itself; for its holder it is as good as destroyed.
  await remove(fromHex(token.tokenId));
  return true;
}

async function destroyRefresh(context: Context, tokenHash: Bytes, clientId: string | undefined): Promise<boolean> {
  const ended = await context.storage.transaction(async (tx) => {
    const token = await readRefreshToken(tx, tokenHash);
    if (token === undefined) return false;
    const end = () => endRefreshToken(context.storage, tx, tokenHash, clientId);
    return tellingDisconnections(context, tx, toHex(token.uid), end);
  });
  context.push.wake();
  return ended;
}
