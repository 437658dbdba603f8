import type { Context } from '../context.js';
import type { Bytes } from '../storage/index.js';
import { ACCOUNT_RESET_LIFETIME, PASSWORD_CHANGE_LIFETIME, PASSWORD_FORGOT_LIFETIME } from './prune.js';
import {
  type AccountResetToken,
  findAccountResetToken,
  findPasswordForgotToken,
  type PasswordForgotToken,
} from './reset-store.js';
import { findKeyFetchToken, findPasswordChangeToken, type KeyFetchToken, type PasswordChangeToken } from './store.js';

/** The keyFetchToken that was presented. It has no fixed expiry, only one use (auth-api §1.5). */
export function authenticateKeyFetchToken(context: Context, tokenHash: Bytes): Promise<KeyFetchToken | undefined> {
  return findKeyFetchToken(context.storage.db, tokenHash);
}

/** The passwordChangeToken that was presented. */
export async function authenticatePasswordChangeToken(
  context: Context,
  tokenHash: Bytes,
): Promise<PasswordChangeToken | undefined> {
  return living(context, await findPasswordChangeToken(context.storage.db, tokenHash), PASSWORD_CHANGE_LIFETIME);
}

/** The passwordForgotToken that was presented. */
export async function authenticatePasswordForgotToken(
  context: Context,
  tokenHash: Bytes,
): Promise<PasswordForgotToken | undefined> {
  return living(context, await findPasswordForgotToken(context.storage.db, tokenHash), PASSWORD_FORGOT_LIFETIME);
}

/** The accountResetToken that was presented. */
export async function authenticateAccountResetToken(
  context: Context,
  tokenHash: Bytes,
): Promise<AccountResetToken | undefined> {
  return living(context, await findAccountResetToken(context.storage.db, tokenHash), ACCOUNT_RESET_LIFETIME);
}

/** An expired token is as if it were unknown (auth-api §1.5). */
function living<T extends { readonly createdAt: number }>(
  context: Context,
  token: T | undefined,
  lifetime: number,
): T | undefined {
  return token === undefined || token.createdAt + lifetime <= context.clock.now() ? undefined : token;
}
