import type { Caller, Context } from '../context.js';
import { causeOf, findEmail, postSecurityNotice } from '../emails/index.js';
import { authError } from '../errors.js';
import { fromHex } from '../storage/hex.js';
import { createUnblockCode, hashUnblockCode } from './code.js';
import { deleteExpiredUnblockCodes, insertUnblockCode, takeUnblockCode } from './store.js';

/** How long a code works (auth-api §5.5). */
const LIFETIME = 60 * 60 * 1000;

/**
 * Sends a code that lets one blocked sign-in pass to the verified addresses of an account; to an unverified one while it
 * is all that the account has (auth-api §6.2). Where accounts are hidden, an unknown address gets the same answer.
 * @throws UNKNOWN_ACCOUNT, what `requireDeliverable` throws
 */
export async function sendUnblockCode(context: Context, caller: Caller, address: string): Promise<void> {
  const email = await findEmail(context.storage.db, address);
  if (email === undefined) {
    if (context.config.hideAccounts) return;
    throw authError('UNKNOWN_ACCOUNT', { email: address });
  }
  const { uid } = email;
  const code = createUnblockCode(context.random);
  const codeHash = hashUnblockCode(context, uid, code);
  if (codeHash === undefined) throw new Error('a code of ours is none');
  await context.storage.transaction(async (tx) => {
    await insertUnblockCode(tx, { uid: fromHex(uid), codeHash, createdAt: context.clock.now() });
    const values = { ...causeOf(context, caller), code };
    // Where accounts are hidden, what became of other mails to the address is, too.
    const isAskedFor = !context.config.hideAccounts;
    await postSecurityNotice(context, tx, caller, { uid, template: 'unblockCode', values, isAskedFor });
  });
  context.mail.wake();
}

/** Uses a code up. False when it is wrong, expired or used. */
export async function useUnblockCode(context: Context, uid: string, code: string): Promise<boolean> {
  const codeHash = hashUnblockCode(context, uid, code);
  if (codeHash === undefined) return false;
  const after = context.clock.now() - LIFETIME;
  return context.storage.transaction((tx) => takeUnblockCode(tx, uid, codeHash, after));
}

/**
 * Makes a code useless that its receiver did not ask for (auth-api §6.2).
 * @throws INVALID_UNBLOCK_CODE
 */
export async function rejectUnblockCode(context: Context, uid: string, code: string): Promise<void> {
  if (!(await useUnblockCode(context, uid, code))) throw authError('INVALID_UNBLOCK_CODE');
}

/** Deletes codes that have expired. */
export async function pruneUnblockCodes(context: Context): Promise<void> {
  await deleteExpiredUnblockCodes(context.storage.db, context.clock.now() - LIFETIME);
}
