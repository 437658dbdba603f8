import { SCOPE_PROFILE_DISPLAY_NAME, SCOPE_PROFILE_DISPLAY_NAME_WRITE } from '@foxden/protocol';
import type { Context } from '../context.js';
import type { AccessToken } from '../oauth/index.js';
import { changeProfile } from './change.js';
import { requireScope } from './require-scope.js';
import { putAppearance, readAppearance } from './store.js';

/**
 * The name that a person gave; null without one.
 * @throws FORBIDDEN
 */
export async function readDisplayName(context: Context, token: AccessToken): Promise<string | null> {
  requireScope(token, SCOPE_PROFILE_DISPLAY_NAME);
  return (await readAppearance(context.storage.db, token.uid)).displayName;
}

/**
 * Sets the name that a person goes by, or clears it with the empty text.
 * @throws FORBIDDEN, UNAUTHORIZED
 */
export async function changeDisplayName(context: Context, token: AccessToken, name: string): Promise<void> {
  requireScope(token, SCOPE_PROFILE_DISPLAY_NAME_WRITE);
  await changeProfile(context, token.uid, (tx) => putAppearance(tx, token.uid, { displayName: name || null }));
}
