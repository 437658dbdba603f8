import { isAuthError, reauthenticate, type SignInRequest, signIn } from '@foxden/auth-client';
import { keepAccount } from '../account/keep-account.js';
import type { StoredAccount } from '../account/stored-account.js';
import type { Services } from '../services.js';
import type { Progress } from './advance.js';
import { wantsKeys } from './flow.js';
import { isSameAddress, type SessionState } from './situation.js';

/** An address and its password, and the mailed code where the server asked for one. */
export interface Attempt {
  readonly email: string;
  readonly password: string;
  readonly unblockCode?: string;
}

/**
 * Signs in, or proves the password again where this address is signed in already. Gives what is known then.
 * @throws AuthClientError as `signIn`
 */
export function provePassword(services: Services, attempt: Attempt): Promise<Progress> {
  const account = services.accounts.get();
  const again = account !== undefined && isSameAddress(account.email, attempt.email);
  return again ? proveAgain(services, account, attempt) : enter(services, attempt);
}

/** A new session. */
async function enter(services: Services, attempt: Attempt): Promise<Progress> {
  const request = { ...requestOf(services, attempt), verificationMethod: 'email-otp' as const };
  const answer = await signIn(services.client, request);
  const { uid, sessionToken, authAt, keyAccess } = answer;
  keepAccount(services, { uid, email: answer.email, sessionToken, authAt });
  services.visit.prove(uid, keyAccess);
  return { state: stateOf(answer), codeSent: true };
}

/** The session that there is, or a new one if it has ended meanwhile. */
async function proveAgain(services: Services, account: StoredAccount, attempt: Attempt): Promise<Progress> {
  try {
    const request = requestOf(services, { ...attempt, email: account.email });
    // A method would ask for a code; without keys the password is enough.
    const method = request.keys ? { verificationMethod: 'email-otp' as const } : {};
    const answer = await reauthenticate(services.client, account.sessionToken, { ...request, ...method });
    services.accounts.set({ ...account, authAt: answer.authAt });
    services.visit.prove(account.uid, answer.keyAccess);
    return { state: stateOf(answer), codeSent: answer.emailVerified };
  } catch (error) {
    if (!isAuthError(error, 'INVALID_TOKEN')) throw error;
    return enter(services, { ...attempt, email: account.email });
  }
}

function requestOf({ flow }: Services, attempt: Attempt): SignInRequest & { readonly keys: boolean } {
  return { ...attempt, keys: wantsKeys(flow), service: flow.service };
}

function stateOf(answer: {
  readonly emailVerified: boolean;
  readonly sessionVerified: boolean;
  readonly verificationMethod?: string | undefined;
}): SessionState {
  const { emailVerified, sessionVerified, verificationMethod } = answer;
  return { emailVerified, sessionVerified, secondStepNeeded: verificationMethod === 'totp-2fa' };
}

/** Whether a mailed code would let the sign-in pass (auth-api §4.3). */
export function isLiftableBlock(error: unknown): boolean {
  const isBlock = isAuthError(error, 'THROTTLED', 'REQUEST_BLOCKED');
  return isBlock && error.body['verificationMethod'] === 'email-captcha';
}
