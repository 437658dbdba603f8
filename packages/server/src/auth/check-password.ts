import { type Account, findAccount, holdAccount } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { type CheckedPassword, checkAuthPW, pretendToCheck } from '../credentials/index.js';
import { type Email, findEmail } from '../emails/index.js';
import { authError, ServiceError } from '../errors.js';
import { NOBODY, recordFailureOfNobody, recordSecurityEvent } from '../security/index.js';
import type { Database } from '../storage/index.js';

/** An address and a password, as a client sends them. */
export interface PasswordProof {
  /** What the password was stretched with. */
  readonly email: string;
  readonly authPW: string;
  /** What the person typed, when that is another address than the one to stretch with (auth-api §1.1). */
  readonly originalLoginEmail?: string | undefined;
}

/** Who proved to be whom. */
export interface ProvenAccount {
  readonly account: Account;
  readonly email: Email;
  readonly password: CheckedPassword;
}

const MUST_BE_RESET = Buffer.alloc(32, 0xff);

/** The address that a proof names its account by. */
export function namedAddress(proof: Pick<PasswordProof, 'email' | 'originalLoginEmail'>): string {
  return proof.originalLoginEmail ?? proof.email;
}

/**
 * Checks an address and a password, in the order of auth-api §6.1 (`/account/login`). An unknown address makes the same
 * work as a wrong password. What failed is counted against the caller's address. Where accounts are hidden, every
 * refusal looks like a wrong password, and an account whose address was never confirmed is none yet (decision 0007).
 * @throws UNKNOWN_ACCOUNT, ACCOUNT_WITHOUT_PASSWORD, LOGIN_WITH_SECONDARY_EMAIL, ACCOUNT_MUST_BE_RESET,
 *   INCORRECT_EMAIL_CASE with the spelling to stretch with, INCORRECT_PASSWORD, SERVICE_UNAVAILABLE
 */
export async function checkPassword(context: Context, caller: Caller, proof: PasswordProof): Promise<ProvenAccount> {
  try {
    return await proveAccount(context, caller, proof);
  } catch (error) {
    const mustHide = context.config.hideAccounts && error instanceof ServiceError && error.definition.status < 500;
    if (!mustHide) throw error;
    if (!STRETCHED.includes(error.definition.name)) {
      await pretendToFail(context, caller, proof, 'passwordCheckFailed');
    }
    throw wrongPassword(proof);
  }
}

/** Refusals that took a hash, and were counted, already. */
const STRETCHED: readonly string[] = ['INCORRECT_PASSWORD', 'INCORRECT_EMAIL_CASE'];

async function proveAccount(context: Context, caller: Caller, proof: PasswordProof): Promise<ProvenAccount> {
  const { db } = context.storage;
  const email = await findEmail(db, namedAddress(proof));
  const account = await findAccount(db, email?.uid ?? NOBODY);
  const isNone = context.config.hideAccounts && email?.isVerified === false;
  if (email === undefined || account === undefined || isNone) {
    if (!context.config.hideAccounts) await pretendToFail(context, caller, proof, 'loadAccountFailed');
    throw authError('UNKNOWN_ACCOUNT', { email: proof.email });
  }
  if (account.verifierSetAt === 0) throw authError('ACCOUNT_WITHOUT_PASSWORD');
  if (!email.isPrimary) throw authError('LOGIN_WITH_SECONDARY_EMAIL');
  return { account, email, password: await checkAccountPassword(context, caller, account, proof) };
}

/** Does all that a wrong password does, so that the time does not tell that there is no account. */
async function pretendToFail(
  context: Context,
  caller: Caller,
  proof: PasswordProof,
  failure: 'passwordCheckFailed' | 'loadAccountFailed',
): Promise<void> {
  await pretendToCheck(context.passwords, proof.authPW);
  await recordFailureOfNobody(context, context.storage.db, caller);
  await context.limits.failed(failure, { ip: caller.address, email: namedAddress(proof) });
}

/**
 * What a wrong password is answered whether there is an account or not. The spelling to try is guessed from the one that
 * was sent: most accounts are made with an address in lower case.
 */
function wrongPassword({ email }: PasswordProof): ServiceError {
  const usual = email.toLowerCase();
  return email === usual
    ? authError('INCORRECT_PASSWORD', { email })
    : authError('INCORRECT_EMAIL_CASE', { email: usual });
}

/**
 * Checks the password of an account that is known already; `email` is what the client stretched it with.
 * @throws ACCOUNT_WITHOUT_PASSWORD, ACCOUNT_MUST_BE_RESET, INCORRECT_EMAIL_CASE, INCORRECT_PASSWORD, SERVICE_UNAVAILABLE
 */
export async function checkAccountPassword(
  context: Context,
  caller: Caller,
  account: Account,
  proof: PasswordProof,
): Promise<CheckedPassword> {
  if (account.verifierSetAt === 0) throw authError('ACCOUNT_WITHOUT_PASSWORD');
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
  return password;
}

/**
 * What a password buys is bought while it is the password: the first statement of the transaction that gives it out.
 * Checking a password takes a while, in which it may be changed.
 * @throws INCORRECT_PASSWORD when it was
 */
export async function requireSamePassword(context: Context, tx: Database, account: Account): Promise<void> {
  if (!(await holdAccount(context.storage, tx, account))) {
    throw authError('INCORRECT_PASSWORD', { email: account.email });
  }
}
