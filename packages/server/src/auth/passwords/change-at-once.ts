import type { BodyOf, mfaPasswordChange, ResponseOf } from '@foxden/protocol';
import { findAccount } from '../../accounts/index.js';
import type { Caller, Context } from '../../context.js';
import { authError } from '../../errors.js';
import { requireVerifiedSession, type Session } from '../../sessions/index.js';
import { checkAccountPassword } from '../check-password.js';
import { isAddressOf } from '../is-address-of.js';
import { setChangedPassword } from './set-changed-password.js';

/**
 * Changes the password in one step, by a session that was stepped up for it (auth-api §6.4).
 * @throws UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, INSUFFICIENT_AAL, UNKNOWN_ACCOUNT for another account's address, what
 *   {@link checkAccountPassword} and {@link setChangedPassword} throw
 */
export async function changePasswordAtOnce(
  context: Context,
  caller: Caller,
  session: Session,
  body: BodyOf<typeof mfaPasswordChange>,
  options: { readonly keys: boolean },
): Promise<ResponseOf<typeof mfaPasswordChange>> {
  requireVerifiedSession(session);
  const account = await findAccount(context.storage.db, session.uid);
  if (account === undefined || !(await isAddressOf(context, account, body.email))) {
    throw authError('UNKNOWN_ACCOUNT', { email: body.email });
  }
  await checkAccountPassword(context, caller, account, { email: body.email, authPW: body.oldAuthPW });
  return setChangedPassword(context, caller, { account, fields: body, session, keys: options.keys });
}
