import { intersectsScope, parseScope, SCOPE_OLDSYNC } from '@foxden/protocol';
import type { Context } from '../context.js';
import { oauthError } from '../errors.js';
import { toHex } from '../storage/hex.js';
import type { Bytes } from '../storage/index.js';
import { LAST_USED_INTERVAL } from './lifetimes.js';
import { readRefreshToken, touchRefreshToken } from './store/refresh-tokens.js';
import { hashToken } from './token-hash.js';

/** An application that proves itself by its refresh token, as it may on the routes of devices. */
export interface RefreshTokenHolder {
  /** hex, 32 digits */
  readonly uid: string;
  readonly refreshTokenHash: Bytes;
}

/**
 * The holder of a presented refresh token (hex, 64 digits). Only Sync opens the routes of devices (oauth-devices §0.3).
 * @throws INVALID_TOKEN; INVALID_SCOPES when the token's scope has nothing to do with Sync
 */
export async function authenticateRefreshToken(context: Context, presented: string): Promise<RefreshTokenHolder> {
  const { db } = context.storage;
  const token = await readRefreshToken(db, hashToken(presented));
  if (token === undefined) throw oauthError('INVALID_TOKEN');
  if (!intersectsScope(parseScope(token.scope), parseScope(SCOPE_OLDSYNC))) {
    throw oauthError('INVALID_SCOPES', { invalidScopes: token.scope });
  }
  const now = context.clock.now();
  if (now - token.lastUsedAt >= LAST_USED_INTERVAL) await touchRefreshToken(db, token, now);
  return { uid: toHex(token.uid), refreshTokenHash: token.tokenHash };
}
