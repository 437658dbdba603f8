import { mailLocale } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import type { VerificationMethod } from '../sessions/verification-method.js';
import { toHex } from '../storage/hex.js';
import type { Bytes, Database } from '../storage/index.js';
import { digitCode } from './digit-code.js';
import { causeOf, postSecurityNotice } from './security-notice.js';
import { type Email, findPrimaryEmail } from './store.js';

/** What a client sends along so that the link of a mail leads back into its flow. */
export interface LinkContext {
  readonly service?: string | undefined;
  readonly redirectTo?: string | undefined;
  readonly resume?: string | undefined;
}

/** Posts the mail that proves a new address: six digits when the client asked for them, else a link (auth-api §8). */
export async function postAddressVerification(
  context: Context,
  db: Database,
  caller: Caller,
  email: Email,
  method: VerificationMethod | undefined,
  link: LinkContext,
): Promise<void> {
  const { uid } = email;
  const common = { to: email.email, uid, locale: await mailLocale(db, uid, caller), service: link.service };
  if (method === 'email-otp') {
    const code = digitCode(email.emailCode, context.clock.now());
    await context.mail.post(db, { ...common, template: 'verifyShortCode', values: { code } });
    return;
  }
  const values = { ...link, code: toHex(email.emailCode) };
  await context.mail.post(db, { ...common, template: 'verify', values });
}

/** Posts the mail that confirms a sign-in to a verified account, by the method in force (auth-api §5.3). */
export async function postLoginVerification(
  context: Context,
  db: Database,
  caller: Caller,
  email: Email,
  tokenVerificationId: Bytes,
  method: VerificationMethod | undefined,
  link: LinkContext,
): Promise<void> {
  const common = { uid: email.uid, service: link.service };
  const cause = causeOf(context, caller);
  if (method === 'email-otp' || method === 'email-2fa') {
    const values = { ...cause, code: digitCode(tokenVerificationId, context.clock.now()) };
    await postSecurityNotice(context, db, caller, { ...common, template: 'verifyLoginCode', values });
  } else if (method === undefined || method === 'email') {
    const values = { ...cause, ...link, code: toHex(tokenVerificationId) };
    await postSecurityNotice(context, db, caller, { ...common, template: 'verifyLogin', values });
  }
}

/** Posts the notice that somebody signed in. */
export async function postNewDeviceLogin(
  context: Context,
  db: Database,
  caller: Caller,
  email: Email,
  service: string | undefined,
): Promise<void> {
  const values = causeOf(context, caller);
  await postSecurityNotice(context, db, caller, { uid: email.uid, template: 'newDeviceLogin', service, values });
}

/**
 * Posts the notice that somebody wanted to make an account with an address that this account has (decision 0007).
 * Nothing for an address that nobody has proven.
 */
export async function postSignUpNotice(
  context: Context,
  db: Database,
  caller: Caller,
  held: Email | undefined,
): Promise<void> {
  if (held?.isVerified !== true) return;
  const { uid, email } = held;
  const primary = await findPrimaryEmail(db, uid);
  if (primary === undefined) return;
  const values = { ...causeOf(context, caller), email, primaryEmail: primary.email };
  await postSecurityNotice(context, db, caller, { uid, template: 'accountExists', values });
}
