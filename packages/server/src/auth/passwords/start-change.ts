import type { BodyOf, passwordChangeStart, ResponseOf } from '@foxden/protocol';
import { type Account, findAccount } from '../../accounts/index.js';
import type { Caller, Context } from '../../context.js';
import { type CheckedPassword, insertPasswordChangeToken, prepareKeyFetchToken } from '../../credentials/index.js';
import { authError } from '../../errors.js';
import { findAccountAal, requireVerifiedSession, type Session } from '../../sessions/index.js';
import { fromHex } from '../../storage/hex.js';
import type { Bytes } from '../../storage/index.js';
import { createToken } from '../../tokens/index.js';
import { checkAccountPassword, checkPassword, requireSamePassword } from '../check-password.js';
import { isAddressOf } from '../is-address-of.js';
import { needsConfirmation } from '../sign-in-decision.js';

type StartBody = BodyOf<typeof passwordChangeStart>;
type StartAnswer = ResponseOf<typeof passwordChangeStart>;

/**
 * Proves the old password in a session and hands out what the change needs: the keys, and a token for the second step
 * (auth-api §6.4).
 * @throws UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, INSUFFICIENT_AAL, INVALID_TOKEN for another account's address, what
 *   {@link checkAccountPassword} throws
 */
export async function startPasswordChange(
  context: Context,
  caller: Caller,
  session: Session,
  body: StartBody,
): Promise<StartAnswer> {
  requireVerifiedSession(session);
  const account = await findAccount(context.storage.db, session.uid);
  if (account === undefined || !(await isAddressOf(context, account, body.email))) throw authError('INVALID_TOKEN');
  const password = await checkAccountPassword(context, caller, account, { email: body.email, authPW: body.oldAuthPW });
  return issueTokens(context, account, password, null);
}

/**
 * The same for clients that do not sign in to change a password (auth-api §12, 3). The password alone gets nobody
 * further than at a sign-in: where that would ask for more, the keys stay locked.
 * @throws INVALID_TOKEN where the server does without such routes, UNVERIFIED_ACCOUNT, what {@link checkPassword} throws
 */
export async function startLegacyPasswordChange(
  context: Context,
  caller: Caller,
  body: StartBody,
): Promise<StartAnswer> {
  const { account, email, password } = await checkPassword(context, caller, {
    email: body.email,
    authPW: body.oldAuthPW,
  });
  if (!email.isVerified) throw authError('UNVERIFIED_ACCOUNT');
  const locked = await needsMoreThanPassword(context, caller, account);
  return issueTokens(context, account, password, locked ? context.random.bytes(16) : null);
}

/** Whether a sign-in with this password would ask for a second factor or a mailed code. */
export async function needsMoreThanPassword(context: Context, caller: Caller, account: Account): Promise<boolean> {
  if ((await findAccountAal(context.storage.db, account.uid)) === 2) return true;
  return needsConfirmation(context, caller, account);
}

async function issueTokens(
  context: Context,
  account: Account,
  password: CheckedPassword,
  tokenVerificationId: Bytes | null,
): Promise<StartAnswer> {
  const keyFetch = await prepareKeyFetchToken(context, account, password.wrapKb, tokenVerificationId);
  const token = await createToken(context.random, 'passwordChangeToken');
  await context.storage.transaction(async (tx) => {
    await requireSamePassword(context, tx, account);
    await keyFetch.insert(tx);
    await insertPasswordChangeToken(tx, {
      uid: fromHex(account.uid),
      tokenHash: token.tokenHash,
      reqHMACkey: token.reqHMACkey,
      createdAt: context.clock.now(),
    });
  });
  return {
    passwordChangeToken: token.token,
    verified: tokenVerificationId === null,
    ...(password.version === 2
      ? { keyFetchToken2: keyFetch.keyFetchToken }
      : { keyFetchToken: keyFetch.keyFetchToken }),
  };
}
