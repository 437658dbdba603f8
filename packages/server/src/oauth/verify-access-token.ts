import type { Context } from '../context.js';
import { oauthError } from '../errors.js';
import { toHex } from '../storage/hex.js';
import { isLongLived } from './access-token.js';
import { findClient } from './find-client.js';
import type { Claims } from './jwt.js';
import { readAccessToken } from './store/access-tokens.js';
import { hashToken, isOpaqueToken } from './token-hash.js';

/** What a valid access token stands for. */
export interface AccessToken {
  /** hex, 32 digits */
  readonly uid: string;
  /** hex, 64 digits: names the token without being it. */
  readonly tokenId: string;
  readonly clientId: string;
  /** Space-separated. */
  readonly scope: string;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

/**
 * Checks an access token, opaque or JWT (oauth-devices §1.8, `/verify`).
 * @throws INVALID_TOKEN when it is none of ours; EXPIRED_TOKEN
 */
export async function verifyAccessToken(context: Context, token: string): Promise<AccessToken> {
  const found = await findAccessToken(context, token);
  if (found === undefined) throw oauthError('INVALID_TOKEN');
  if (found.expiresAt <= context.clock.now()) throw oauthError('EXPIRED_TOKEN', { expiredAt: found.expiresAt });
  return found;
}

/** The access token of a text, expired ones too. An opaque one costs one read, a short-lived JWT none but its client's. */
export async function findAccessToken(context: Context, token: string): Promise<AccessToken | undefined> {
  if (isOpaqueToken(token)) return findStored(context, token);
  const claims = await context.signingKeys.verify('at+JWT', token);
  const found = claims === undefined ? undefined : fromClaims(claims, context.config.publicUrl);
  if (found === undefined) return undefined;
  const isPairwise = (await findClient(context, found.clientId))?.pairwise === true;
  if (!isPairwise && !isLongLived(found.expiresAt - found.createdAt)) return found;
  // A JWT that lives long can be revoked, so it counts only while it is stored; a pairwise one only names its person there.
  const row = await readAccessToken(context.storage.db, Buffer.from(found.tokenId, 'hex'));
  return row === undefined ? undefined : { ...found, uid: toHex(row.uid) };
}

async function findStored(context: Context, token: string): Promise<AccessToken | undefined> {
  const tokenHash = hashToken(token);
  const row = await readAccessToken(context.storage.db, tokenHash);
  if (row === undefined) return undefined;
  const { clientId, scope, createdAt, expiresAt } = row;
  return { uid: toHex(row.uid), tokenId: toHex(tokenHash), clientId, scope, createdAt, expiresAt };
}

function fromClaims(claims: Claims, issuer: string): AccessToken | undefined {
  const { iss, sub, client_id: clientId, scope, jti, iat, exp } = claims;
  // Our keys sign nothing else; a token from before a change of the public URL is another server's, though.
  if (iss !== issuer || typeof sub !== 'string' || typeof clientId !== 'string' || typeof scope !== 'string') {
    return undefined;
  }
  if (typeof jti !== 'string' || typeof iat !== 'number' || typeof exp !== 'number') return undefined;
  const tokenId = toHex(hashToken(jti));
  return { uid: sub, tokenId, clientId, scope, createdAt: iat * 1000, expiresAt: exp * 1000 };
}
