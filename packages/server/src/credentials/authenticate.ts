import type { Context } from '../context.js';
import type { Bytes } from '../storage/index.js';
import { PASSWORD_CHANGE_LIFETIME } from './prune.js';
import { findKeyFetchToken, findPasswordChangeToken, type KeyFetchToken, type PasswordChangeToken } from './store.js';

/** The keyFetchToken that was presented. It has no fixed expiry, only one use (auth-api §1.5). */
export function authenticateKeyFetchToken(context: Context, tokenHash: Bytes): Promise<KeyFetchToken | undefined> {
  return findKeyFetchToken(context.storage.db, tokenHash);
}

/** The passwordChangeToken that was presented; an expired one is as if it were unknown. */
export async function authenticatePasswordChangeToken(
  context: Context,
  tokenHash: Bytes,
): Promise<PasswordChangeToken | undefined> {
  const token = await findPasswordChangeToken(context.storage.db, tokenHash);
  if (token === undefined || token.createdAt + PASSWORD_CHANGE_LIFETIME <= context.clock.now()) return undefined;
  return token;
}
