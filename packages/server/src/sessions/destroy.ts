import { holdAccount } from '../accounts/index.js';
import type { Context } from '../context.js';
import { authError } from '../errors.js';
import { tellingDisconnections } from '../push/index.js';
import { fromHex } from '../storage/hex.js';
import { hashTokenId } from '../tokens/index.js';
import type { Session } from './session.js';
import { deleteSession } from './store.js';

/**
 * Signs a session out: this one, or another of the same account named by its tokenId, or by the id that lists show of
 * it, which is the hash of that.
 * @throws INVALID_TOKEN when the other session is not of this account
 */
export async function destroySession(context: Context, session: Session, customSessionToken?: string): Promise<void> {
  const meant =
    customSessionToken === undefined
      ? [session.tokenHash]
      : [hashTokenId(customSessionToken), fromHex(customSessionToken)];
  const deleted = await context.storage.transaction(async (tx) => {
    // A device that is registered meanwhile would be left behind.
    await holdAccount(context.storage, tx, { uid: session.uid });
    return tellingDisconnections(context, tx, session.uid, async () => {
      for (const tokenHash of meant) if (await deleteSession(tx, session.uid, tokenHash)) return true;
      return false;
    });
  });
  context.push.wake();
  if (!deleted && customSessionToken !== undefined) throw authError('INVALID_TOKEN');
}
