import type { accountReset, BodyOf, ResponseOf } from '@foxden/protocol';
import { type Account, findAccount, updateCredentials } from '../../accounts/index.js';
import type { Caller, Context } from '../../context.js';
import {
  type AccountResetToken,
  createCredentials,
  deleteCredentialTokens,
  requireCompleteVersion2,
  takeAccountResetToken,
} from '../../credentials/index.js';
import { causeOf, findPrimaryEmail, postSecurityNotice } from '../../emails/index.js';
import { authError } from '../../errors.js';
import { revokeAccountTokens } from '../../oauth/index.js';
import { PASSWORD_RESET } from '../../push/index.js';
import { deleteRecoveryKey, takeRecoveryKey } from '../../recovery/index.js';
import { recordSecurityEvent } from '../../security/index.js';
import {
  authAtSeconds,
  deleteSessions,
  findAccountAal,
  sessionAal,
  sessionAmr,
  VERIFICATION_METHODS,
} from '../../sessions/index.js';
import { prepareAccess } from './prepare-access.js';

type ResetBody = BodyOf<typeof accountReset>;

/**
 * Sets new credentials in place of forgotten ones (auth-api §6.3). With the recovery key kB survives; without it the
 * account gets new keys. Either way whoever was signed in is not any more, and the recovery key is used up or opens
 * nothing, so it goes too.
 * @throws INVALID_PARAMETER, MISSING_PARAMETER for members that contradict each other; UNVERIFIED_SESSION where a second
 *   factor is missing; RECOVERY_KEY_NOT_FOUND, RECOVERY_KEY_INVALID; INVALID_TOKEN for the loser of a race
 */
export async function resetAccount(
  context: Context,
  caller: Caller,
  token: AccountResetToken,
  body: ResetBody,
  options: { readonly keys: boolean },
): Promise<ResponseOf<typeof accountReset>> {
  requireConsistency(body, options.keys);
  const { uid } = token;
  const { recoveryKeyId } = body;
  const account = await findAccount(context.storage.db, uid);
  if (account === undefined) throw authError('INVALID_TOKEN');
  const verificationMethod = await provenMethod(context, token, recoveryKeyId);
  const credentials = await createCredentials(context, body);
  const now = credentials.columns.verifierSetAt;
  const access =
    body.sessionToken === true
      ? await prepareAccess(context, caller, account, credentials, {
          verificationMethod,
          verifiedAt: now,
          keys: options.keys,
        })
      : undefined;

  const email = await context.storage.transaction(async (tx) => {
    const primary = await findPrimaryEmail(tx, uid);
    if (primary === undefined || !(await takeAccountResetToken(tx, token))) throw authError('INVALID_TOKEN');
    if (recoveryKeyId === undefined) await deleteRecoveryKey(tx, uid);
    else await takeRecoveryKey(tx, uid, recoveryKeyId);
    const keysChangedAt = recoveryKeyId === undefined ? now : account.keysChangedAt;
    await updateCredentials(tx, uid, { ...credentials.columns, keysChangedAt, lockedAt: null });
    await deleteCredentialTokens(tx, uid);
    await context.push.post(tx, uid, PASSWORD_RESET);
    await deleteSessions(tx, uid);
    await revokeAccountTokens(tx, uid, { onlyPublicAndGranting: false });
    await access?.insert(tx);
    await recordSecurityEvent(context, tx, caller, { uid, name: 'account.reset', verified: true });
    await postSecurityNotice(context, tx, caller, {
      uid,
      template: noticeOf(token, body),
      values: causeOf(context, caller),
    });
    await context.notifications.post(tx, { name: 'reset', uid, details: { generation: now } });
    await context.notifications.post(tx, { name: 'profileDataChange', uid, details: {} });
    return primary;
  });
  context.mail.wake();
  context.notifications.wake();
  context.push.wake();
  await forgetAttempts(context, account, email.email);

  if (access === undefined) return {};
  return {
    uid,
    sessionToken: access.session.sessionToken,
    authAt: authAtSeconds(access.session.row),
    emailVerified: email.isVerified,
    sessionVerified: true,
    verified: email.isVerified,
    keyFetchToken: access.keyFetchToken,
    keyFetchTokenVersion2: access.keyFetchTokenVersion2,
  };
}

/** Which members go together (auth-api §6.3). A version 1 reset with a wrapped key is one with the recovery key. */
function requireConsistency(body: ResetBody, keys: boolean): void {
  requireCompleteVersion2(body, { wrapKbAlone: true });
  if (body.authPWVersion2 === undefined && (body.wrapKb === undefined) !== (body.recoveryKeyId === undefined)) {
    const missing = body.wrapKb === undefined ? 'wrapKb' : 'recoveryKeyId';
    throw authError('INVALID_PARAMETER', { validation: { source: 'payload', keys: [missing] } });
  }
  if (keys && body.sessionToken !== true) throw authError('MISSING_PARAMETER', { param: 'sessionToken' });
}

/**
 * How the new session counts as verified: by what was proven before, where the recovery key stands in for the second
 * factor of an account that has one.
 */
async function provenMethod(
  context: Context,
  { uid, verificationMethod }: AccountResetToken,
  recoveryKeyId: string | undefined,
): Promise<number | null> {
  if ((await findAccountAal(context.storage.db, uid)) === 1) return verificationMethod;
  if (recoveryKeyId !== undefined) return VERIFICATION_METHODS['totp-2fa'];
  if (sessionAal(sessionAmr({ tokenVerified: true, verificationMethod })) === 1) throw authError('UNVERIFIED_SESSION');
  return verificationMethod;
}

function noticeOf(token: AccountResetToken, body: ResetBody) {
  if (body.recoveryKeyId === undefined) {
    return token.recoveryKeyPrompt === 1 ? 'passwordResetWithRecoveryKeyPrompt' : 'passwordReset';
  }
  // A phone does not offer a new key by itself, so the mail does.
  return body.isFirefoxMobileClient === true ? 'passwordResetWithRecoveryKeyPrompt' : 'passwordResetAccountRecovery';
}

/** The owner is back: what was counted for the addresses they may type is forgotten (auth-api §7). */
async function forgetAttempts(context: Context, account: Account, primary: string): Promise<void> {
  for (const email of new Set([primary, account.email])) await context.limits.clear({ email });
}
