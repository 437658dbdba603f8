import {
  type BodyOf,
  normalizeEmail,
  type passwordForgotResendCode,
  type passwordForgotSendCode,
  type ResponseOf,
} from '@foxden/protocol';
import { findAccount } from '../../accounts/index.js';
import type { Caller, Context } from '../../context.js';
import type { PasswordForgotToken } from '../../credentials/index.js';
import { causeOf, findEmail, type LinkContext, postSecurityNotice } from '../../emails/index.js';
import { authError } from '../../errors.js';
import { toHex } from '../../storage/hex.js';
import type { Database } from '../../storage/index.js';
import { type BegunReset, forgotAnswer, prepareReset, repeatReset } from './forgot-token.js';
import { requireLegacyRoutes } from './legacy.js';
import { unknownAccount } from './unknown-account.js';

type ForgotAnswer = ResponseOf<typeof passwordForgotSendCode>;

/**
 * Mails a link that resets the password (auth-api §6.5). Also for an account that was never confirmed: the mail confirms
 * it. On a server that hides accounts, a reset of nobody's begins, and nothing is mailed.
 * @throws ENDPOINT_GONE, UNKNOWN_ACCOUNT, RESET_WITH_SECONDARY_EMAIL, what `requireDeliverable` throws
 */
export async function sendForgotCode(
  context: Context,
  caller: Caller,
  body: BodyOf<typeof passwordForgotSendCode>,
): Promise<ForgotAnswer> {
  requireLegacyRoutes(context);
  const email = await findEmail(context.storage.db, body.email);
  if (!context.config.hideAccounts) {
    if (email === undefined) throw await unknownAccount(context, caller, body.email);
    if (!email.isPrimary) throw authError('RESET_WITH_SECONDARY_EMAIL');
  }
  const owner = email?.isPrimary === true ? email.uid : undefined;
  const reset = await prepareReset(context, owner ?? toHex(context.random.bytes(16)), body.email);
  await context.storage.transaction(async (tx) => {
    await reset.insert(tx);
    if (owner !== undefined) await postLink(context, tx, caller, { uid: owner, email: body.email }, reset, body);
  });
  context.mail.wake();
  return forgotAnswer(context, reset);
}

/**
 * Mails the same link again (auth-api §6.5).
 * @throws ENDPOINT_GONE; UNKNOWN_ACCOUNT for another address than the one that asked
 */
export async function resendForgotCode(
  context: Context,
  caller: Caller,
  token: PasswordForgotToken,
  body: BodyOf<typeof passwordForgotResendCode>,
): Promise<ForgotAnswer> {
  requireLegacyRoutes(context);
  // The limit of these mails counts the address that is named, so it must be the one that gets them.
  if (normalizeEmail(body.email) !== normalizeEmail(token.email)) {
    throw authError('UNKNOWN_ACCOUNT', { email: body.email });
  }
  const reset = await repeatReset(context, token);
  await context.storage.transaction((tx) => postLink(context, tx, caller, token, reset, body));
  context.mail.wake();
  return forgotAnswer(context, reset);
}

async function postLink(
  context: Context,
  tx: Database,
  caller: Caller,
  { uid, email }: { readonly uid: string; readonly email: string },
  { token, code }: BegunReset,
  { service, redirectTo, resume }: LinkContext,
): Promise<void> {
  const account = await findAccount(tx, uid);
  if (account === undefined) return;
  await postSecurityNotice(context, tx, caller, {
    uid,
    template: 'recovery',
    isAskedFor: !context.config.hideAccounts,
    service,
    values: { token, code, email, emailToHashWith: account.email, redirectTo, resume, ...causeOf(context, caller) },
  });
}
