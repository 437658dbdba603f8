import type { BodyOf, passwordChangeFinish, passwordChangeStart, ResponseOf } from '@foxden/protocol';
import { type Account, findAccount, updateCredentials } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import {
  checkAuthPW,
  createCredentials,
  deleteCredentialTokens,
  insertPasswordChangeToken,
  type PasswordChangeToken,
  prepareKeyFetchToken,
  requireCompleteVersion2,
  stretchVersion2,
  takePasswordChangeToken,
} from '../credentials/index.js';
import { findPrimaryEmail } from '../emails/index.js';
import { authError } from '../errors.js';
import { revokeAccountTokens } from '../oauth/index.js';
import { recordSecurityEvent } from '../security/index.js';
import {
  deleteSessions,
  findSession,
  prepareSession,
  requireVerifiedSession,
  type Session,
} from '../sessions/index.js';
import { fromHex } from '../storage/hex.js';
import type { Database } from '../storage/index.js';
import { constantTimeEqual, createToken, hashTokenId } from '../tokens/index.js';
import { checkPassword } from './check-password.js';

type ChangeFields = BodyOf<typeof passwordChangeFinish>;
type ChangeAnswer = ResponseOf<typeof passwordChangeFinish>;

/**
 * Proves the old password and hands out what the change needs: the keys, and a token for the second step (auth-api §6.4).
 * @throws UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, INVALID_TOKEN for another account's address, what
 *   {@link checkPassword} throws
 */
export async function startPasswordChange(
  context: Context,
  caller: Caller,
  session: Session,
  body: BodyOf<typeof passwordChangeStart>,
): Promise<ResponseOf<typeof passwordChangeStart>> {
  requireVerifiedSession(session);
  const { account, password } = await checkPassword(context, caller, { email: body.email, authPW: body.oldAuthPW });
  if (account.uid !== session.uid) throw authError('INVALID_TOKEN');
  const keyFetch = await prepareKeyFetchToken(context, account, password.wrapKb, session.tokenVerificationId);
  const token = await createToken(context.random, 'passwordChangeToken');
  await context.storage.transaction(async (tx) => {
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
    verified: true,
    ...(password.version === 2
      ? { keyFetchToken2: keyFetch.keyFetchToken }
      : { keyFetchToken: keyFetch.keyFetchToken }),
  };
}

/**
 * Sets the new credentials; kB stays what the client wrapped again. Version 2 fields for an account that has none, with
 * its unchanged password, are an upgrade: nobody is signed out and nobody is told (auth-api §1.7, §6.4).
 * @throws INVALID_PARAMETER for incomplete version 2 fields; INVALID_TOKEN for a used token or a foreign session
 */
export async function finishPasswordChange(
  context: Context,
  caller: Caller,
  token: PasswordChangeToken,
  body: ChangeFields,
  options: { keys: boolean },
): Promise<ChangeAnswer> {
  requireCompleteVersion2(body, { wrapKbAlone: true });
  const account = await findAccount(context.storage.db, token.uid);
  if (account === undefined) throw authError('INVALID_TOKEN');
  return (await isUpgrade(context, account, body))
    ? upgradeCredentials(context, caller, account, token, body)
    : changeCredentials(context, caller, account, token, body, options);
}

async function isUpgrade(context: Context, account: Account, body: ChangeFields): Promise<boolean> {
  if (body.authPWVersion2 === undefined || account.clientSalt !== null) return false;
  const current = await checkAuthPW(context.passwords, account, body.authPW);
  if (current === undefined) return false;
  // The password is the same, so its wrapped key is too; another one would change kB behind the person's back.
  if (!constantTimeEqual(current.wrapKb, fromHex(body.wrapKb))) {
    throw authError('INVALID_PARAMETER', { validation: { source: 'payload', keys: ['wrapKb'] } });
  }
  return true;
}

async function upgradeCredentials(
  context: Context,
  caller: Caller,
  account: Account,
  token: PasswordChangeToken,
  body: ChangeFields,
): Promise<ChangeAnswer> {
  const { columns } = await stretchVersion2(context, account.authSalt, body, account.verifierVersion);
  await context.storage.transaction(async (tx) => {
    await consume(tx, token);
    await updateCredentials(tx, account.uid, columns);
    await recordSecurityEvent(context, tx, caller, {
      uid: account.uid,
      name: 'account.password_upgrade_success',
      verified: true,
    });
  });
  return {};
}

async function changeCredentials(
  context: Context,
  caller: Caller,
  account: Account,
  token: PasswordChangeToken,
  body: ChangeFields,
  options: { keys: boolean },
): Promise<ChangeAnswer> {
  const current = await currentSession(context, account, body.sessionToken);
  const credentials = await createCredentials(context, body);
  const replacement =
    current === undefined
      ? undefined
      : await prepareSession(context, caller, account.uid, {
          createdAt: context.clock.now(),
          authAt: context.clock.now(),
          tokenVerificationId: current.tokenVerificationId,
          mustVerify: options.keys,
          verificationMethod: current.verificationMethod,
          verifiedAt: current.verifiedAt,
        });
  const keyFetch = options.keys ? await prepareKeyFetchToken(context, account, credentials.wrapKb, null) : undefined;
  const keyFetchVersion2 =
    options.keys && credentials.wrapKbVersion2 !== undefined
      ? await prepareKeyFetchToken(context, account, credentials.wrapKbVersion2, null)
      : undefined;

  await context.storage.transaction(async (tx) => {
    await consume(tx, token);
    await updateCredentials(tx, account.uid, credentials.columns);
    await deleteCredentialTokens(tx, account.uid);
    await deleteSessions(tx, account.uid);
    await revokeAccountTokens(tx, account.uid, { onlyPublicAndGranting: true });
    await recordSecurityEvent(context, tx, caller, {
      uid: account.uid,
      name: 'account.password_changed',
      verified: true,
    });
    await postPasswordChanged(context, tx, caller, account.uid);
    if (replacement === undefined) return;
    await replacement.insert(tx);
    await keyFetch?.insert(tx);
    await keyFetchVersion2?.insert(tx);
  });
  context.mail.wake();

  if (replacement === undefined) return {};
  return {
    uid: account.uid,
    sessionToken: replacement.sessionToken,
    authAt: Math.floor(replacement.row.authAt / 1000),
    verified: replacement.row.tokenVerificationId === null,
    keyFetchToken: keyFetch?.keyFetchToken,
    keyFetchToken2: keyFetchVersion2?.keyFetchToken,
  };
}

/** @throws INVALID_TOKEN when another request consumed the token first */
async function consume(tx: Database, token: PasswordChangeToken): Promise<void> {
  if (!(await takePasswordChangeToken(tx, token))) throw authError('INVALID_TOKEN');
}

/** @throws INVALID_TOKEN when the tokenId names no session of the account */
async function currentSession(
  context: Context,
  account: Account,
  tokenId: string | undefined,
): Promise<Session | undefined> {
  if (tokenId === undefined) return undefined;
  const session = await findSession(context.storage.db, hashTokenId(tokenId));
  if (session === undefined || session.uid !== account.uid) throw authError('INVALID_TOKEN');
  return session;
}

async function postPasswordChanged(context: Context, tx: Database, caller: Caller, uid: string): Promise<void> {
  const email = await findPrimaryEmail(tx, uid);
  if (email === undefined) return;
  await context.mail.post(tx, {
    template: 'passwordChanged',
    to: email.email,
    uid,
    locale: caller.acceptLanguage,
    values: {},
  });
}
