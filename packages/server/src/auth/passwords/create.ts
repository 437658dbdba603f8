import type { BodyOf, passwordCreate } from '@foxden/protocol';
import { findAccount, replaceCredentials } from '../../accounts/index.js';
import type { Caller, Context } from '../../context.js';
import { createCredentials, requireCompleteVersion2 } from '../../credentials/index.js';
import { authError } from '../../errors.js';
import { recordSecurityEvent } from '../../security/index.js';
import { requireVerifiedSession, type Session } from '../../sessions/index.js';

/**
 * Gives an account without a password its first one, and with it its first usable kB (auth-api §6.4).
 * @returns when, milliseconds since the epoch
 * @throws UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, INSUFFICIENT_AAL; PASSWORD_ALREADY_SET; INVALID_PARAMETER for incomplete
 *   version 2 fields
 */
export async function createPassword(
  context: Context,
  caller: Caller,
  session: Session,
  body: BodyOf<typeof passwordCreate>,
): Promise<number> {
  requireVerifiedSession(session);
  requireCompleteVersion2(body, { wrapKbAlone: false });
  const { uid } = session;
  const account = await findAccount(context.storage.db, uid);
  if (account === undefined) throw authError('INVALID_TOKEN');
  if (account.verifierSetAt !== 0) throw authError('PASSWORD_ALREADY_SET');
  const { columns } = await createCredentials(context, body);
  const keysChangedAt = columns.verifierSetAt;
  await context.storage.transaction(async (tx) => {
    if (!(await replaceCredentials(tx, account, { ...columns, keysChangedAt }))) {
      throw authError('PASSWORD_ALREADY_SET');
    }
    await recordSecurityEvent(context, tx, caller, { uid, name: 'account.password_added', verified: true });
    await context.notifications.post(tx, { name: 'profileDataChange', uid, details: {} });
  });
  context.notifications.wake();
  return columns.verifierSetAt;
}
