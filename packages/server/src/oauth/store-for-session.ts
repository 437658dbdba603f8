import { holdAccount } from '../accounts/index.js';
import type { Context } from '../context.js';
import { authError } from '../errors.js';
import { findSession, type Session } from '../sessions/index.js';
import type { Database, Durability } from '../storage/index.js';

/**
 * Stores what a session grants, unless the session has ended since the request was authenticated: a password change that
 * runs at the same time must not leave a code or a token behind.
 * @throws INVALID_TOKEN (auth family) when it has
 */
export async function storeForSession(
  context: Context,
  session: Session,
  insert: (tx: Database) => Promise<void>,
  durability: Durability,
): Promise<void> {
  await context.storage.transaction(async (tx) => {
    await holdAccount(tx, session.uid);
    if ((await findSession(tx, session.tokenHash)) === undefined) throw authError('INVALID_TOKEN');
    await insert(tx);
  }, durability);
}
