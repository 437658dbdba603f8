import type { BodyOf, passwordForgotVerifyOtp, ResponseOf } from '@foxden/protocol';
import { type Account, findAccount } from '../../accounts/index.js';
import type { Caller, Context } from '../../context.js';
import {
  countWrongForgotOtp,
  hashForgotOtp,
  PASSWORD_FORGOT_OTP_LIFETIME,
  putPasswordForgotOtp,
  takePasswordForgotOtp,
} from '../../credentials/index.js';
import { causeOf, findEmail, findPrimaryEmail, postSecurityNotice } from '../../emails/index.js';
import { authError } from '../../errors.js';
import { recordSecurityEvent } from '../../security/index.js';
import { fromHex } from '../../storage/hex.js';
import { prepareReset } from './forgot-token.js';
import { unknownAccount } from './unknown-account.js';

const DIGITS = 8;
/** Wrong digits that a code survives but the last, from wherever they come: the rate limits count by IP address. */
const TRIES = 10;

/**
 * Mails digits that begin a reset (auth-api §6.6), by any verified address of a verified account. On a server that hides
 * accounts, nobody is told that there is no such account.
 * @throws UNKNOWN_ACCOUNT, what `requireDeliverable` throws
 */
export async function sendForgotOtp(
  context: Context,
  caller: Caller,
  body: { readonly email: string; readonly service?: string | undefined },
): Promise<void> {
  const account = await accountToReset(context, body.email);
  if (account === undefined) {
    if (context.config.hideAccounts) return;
    throw await unknownAccount(context, caller, body.email);
  }
  const { uid } = account;
  const code = randomDigits(context);
  await context.storage.transaction(async (tx) => {
    await putPasswordForgotOtp(tx, {
      uid: fromHex(uid),
      codeHash: hashForgotOtp(context, uid, code),
      tries: TRIES,
      createdAt: context.clock.now(),
    });
    await recordSecurityEvent(context, tx, caller, { uid, name: 'account.password_reset_otp_sent', verified: false });
    await postSecurityNotice(context, tx, caller, {
      uid,
      template: 'passwordForgotOtp',
      isAskedFor: !context.config.hideAccounts,
      service: body.service,
      values: { code, ...causeOf(context, caller) },
    });
  });
  context.mail.wake();
}

/**
 * Trades the mailed digits, once, for a passwordForgotToken and its code (auth-api §6.6).
 * @throws UNKNOWN_ACCOUNT; INVALID_VERIFICATION_CODE for digits that are wrong, old or used
 */
export async function verifyForgotOtp(
  context: Context,
  caller: Caller,
  body: BodyOf<typeof passwordForgotVerifyOtp>,
): Promise<ResponseOf<typeof passwordForgotVerifyOtp>> {
  const account = await accountToReset(context, body.email);
  if (account === undefined) {
    if (context.config.hideAccounts) throw authError('INVALID_VERIFICATION_CODE');
    throw await unknownAccount(context, caller, body.email);
  }
  const { uid } = account;
  const codeHash = hashForgotOtp(context, uid, body.code);
  const reset = await prepareReset(context, uid, body.email);
  const right = await context.storage.transaction(async (tx) => {
    const since = context.clock.now() - PASSWORD_FORGOT_OTP_LIFETIME;
    if (!(await takePasswordForgotOtp(tx, uid, codeHash, since))) {
      await countWrongForgotOtp(tx, uid);
      return false;
    }
    await reset.insert(tx);
    await recordSecurityEvent(context, tx, caller, {
      uid,
      name: 'account.password_reset_otp_verified',
      verified: true,
    });
    return true;
  });
  if (!right) throw authError('INVALID_VERIFICATION_CODE');
  return {
    code: reset.code,
    emailToHashWith: account.email,
    token: reset.token,
    uid,
    hasPasskey: false,
    hasPasskeyWraps: false,
  };
}

async function accountToReset(context: Context, address: string): Promise<Account | undefined> {
  const { db } = context.storage;
  const email = await findEmail(db, address);
  if (email === undefined) return undefined;
  const primary = email.isPrimary ? email : await findPrimaryEmail(db, email.uid);
  return email.isVerified && primary?.isVerified === true ? findAccount(db, email.uid) : undefined;
}

/** 48 random bits, so that no digits are noticeably likelier than others. */
function randomDigits(context: Context): string {
  const value = Buffer.from(context.random.bytes(6)).readUIntBE(0, 6);
  return String(value % 10 ** DIGITS).padStart(DIGITS, '0');
}
