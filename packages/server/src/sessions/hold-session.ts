import { holdAccount } from '../accounts/index.js';
import type { Context } from '../context.js';
import { authError } from '../errors.js';
import type { Database } from '../storage/index.js';
import type { Session } from './session.js';
import { findSession } from './store.js';

/**
 * What a session gives out that lives on without it is given out while it lives: the first statement of such a
 * transaction (see `holdAccount`).
 * @throws INVALID_TOKEN when the session ended meanwhile
 */
export async function holdSession(context: Context, tx: Database, session: Session): Promise<void> {
  const isHeld = await holdAccount(context.storage, tx, { uid: session.uid });
  if (!isHeld || (await findSession(tx, session.tokenHash)) === undefined) throw authError('INVALID_TOKEN');
}
