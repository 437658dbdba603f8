import { type Account, findAccount } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { type CheckedPassword, checkAuthPW, pretendToCheck } from '../credentials/index.js';
import { type Email, findEmail } from '../emails/index.js';
import { authError } from '../errors.js';
import { recordSecurityEvent } from '../security/index.js';
import { fromHex } from '../storage/hex.js';

/** An address and a password, as a client sends them. */
export interface PasswordProof {
  readonly email: string;
  readonly authPW: string;
}

/** Who proved to be whom. */
export interface ProvenAccount {
  readonly account: Account;
  readonly email: Email;
  readonly password: CheckedPassword;
}

const MUST_BE_RESET = Buffer.alloc(32, 0xff);

/**
 * Checks an address and a password, in the order of auth-api §6.1 (`/account/login`). An unknown address takes as long
 * as a wrong password. What failed is counted against the caller's address.
 * @throws UNKNOWN_ACCOUNT, ACCOUNT_WITHOUT_PASSWORD, LOGIN_WITH_SECONDARY_EMAIL, ACCOUNT_MUST_BE_RESET,
 *   INCORRECT_EMAIL_CASE with the spelling to stretch with, INCORRECT_PASSWORD, SERVICE_UNAVAILABLE
 */
export async function checkPassword(context: Context, caller: Caller, proof: PasswordProof): Promise<ProvenAccount> {
  const email = await findEmail(context.storage.db, proof.email);
  const account = email === undefined ? undefined : await findAccount(context.storage.db, email.uid);
  if (email === undefined || account === undefined) {
    await pretendToCheck(context.passwords, fromHex(proof.authPW));
    await context.limits.failed('loadAccountFailed', { ip: caller.address, email: proof.email });
    throw authError('UNKNOWN_ACCOUNT', { email: proof.email });
  }
  if (account.verifierSetAt === 0) throw authError('ACCOUNT_WITHOUT_PASSWORD');
  if (!email.isPrimary) throw authError('LOGIN_WITH_SECONDARY_EMAIL');
  if (MUST_BE_RESET.equals(account.authSalt)) throw authError('ACCOUNT_MUST_BE_RESET', { email: account.email });

  const password = await checkAuthPW(context.passwords, account, proof.authPW);
  if (password === undefined) {
    await recordSecurityEvent(context, context.storage.db, caller, {
      uid: account.uid,
      name: 'account.login.failure',
      verified: false,
    });
    await context.limits.failed('passwordCheckFailed', { ip: caller.address, email: proof.email, uid: account.uid });
    // A version 1 password is salted with the address, so another spelling of it never matches (auth-api §1.1).
    if (proof.email !== account.email) throw authError('INCORRECT_EMAIL_CASE', { email: account.email });
    throw authError('INCORRECT_PASSWORD', { email: account.email });
  }
  return { account, email, password };
}
