import type { BodyOf, passwordChangeFinish, ResponseOf } from '@foxden/protocol';
import { type Account, findAccount } from '../../accounts/index.js';
import type { Caller, Context } from '../../context.js';
import { type PasswordChangeToken, takePasswordChangeToken } from '../../credentials/index.js';
import { authError } from '../../errors.js';
import { findSession, type Session } from '../../sessions/index.js';
import { hashTokenId } from '../../tokens/index.js';
import { setChangedPassword } from './set-changed-password.js';
import { needsMoreThanPassword } from './start-change.js';

/**
 * Sets the new credentials with the token of the first step (auth-api §6.4).
 * @throws INVALID_TOKEN for a used token or a foreign session; UNVERIFIED_SESSION for a session, or none, that proves
 *   less than the account asks for; MISSING_PARAMETER without a session where the server insists on one; what
 *   {@link setChangedPassword} throws
 */
export async function finishPasswordChange(
  context: Context,
  caller: Caller,
  token: PasswordChangeToken,
  body: BodyOf<typeof passwordChangeFinish>,
  options: { readonly keys: boolean },
): Promise<ResponseOf<typeof passwordChangeFinish>> {
  const account = await findAccount(context.storage.db, token.uid);
  if (account === undefined) throw authError('INVALID_TOKEN');
  const session =
    body.sessionToken === undefined
      ? await withoutSession(context, caller, account)
      : await currentSession(context, account, body.sessionToken);
  return setChangedPassword(context, caller, {
    account,
    fields: body,
    session,
    keys: options.keys,
    async consumeProof(tx) {
      if (!(await takePasswordChangeToken(tx, token))) throw authError('INVALID_TOKEN');
    },
  });
}

async function withoutSession(context: Context, caller: Caller, account: Account): Promise<undefined> {
  if (!context.config.legacyRoutes) throw authError('MISSING_PARAMETER', { param: 'sessionToken' });
  if (await needsMoreThanPassword(context, caller, account)) throw authError('UNVERIFIED_SESSION');
}

async function currentSession(context: Context, account: Account, tokenId: string): Promise<Session> {
  const session = await findSession(context.storage.db, hashTokenId(tokenId));
  if (session === undefined || session.uid !== account.uid) throw authError('INVALID_TOKEN');
  if (!session.tokenVerified || session.aal < session.accountAal) throw authError('UNVERIFIED_SESSION');
  return session;
}
