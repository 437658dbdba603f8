import { getSessionStatus, isAuthError } from '@foxden/auth-client';
import type { StoredAccount } from '../account/stored-account.js';
import { message } from '../messages/message.js';
import { authorize } from '../oauth/authorize.js';
import { errorCode, type OAuthErrorCode } from '../oauth/error-codes.js';
import { errorUrl } from '../oauth/return-address.js';
import type { Services } from '../services.js';
import { describeFailure } from './describe-failure.js';
import { type OAuthFlow, wantsKeys } from './flow.js';
import { nextStep } from './next-step.js';
import { meantAccount, type SessionState, situationOf } from './situation.js';
import { entryPath, showStep } from './steps.js';

/** What is already known when a step is done. */
export interface Progress {
  /** From the answer to a sign-in, so that the server need not be asked again. */
  readonly state?: SessionState;
  /** A code was mailed with that answer. */
  readonly codeSent?: boolean;
}

/**
 * Goes on to whatever comes next: another step, or back to the application. When it resolves, the page it was called
 * from is being left.
 * @throws AuthClientError when the server cannot be asked how things stand
 */
export async function advance(services: Services, { state, codeSent = false }: Progress = {}): Promise<void> {
  const account = meantAccount(services);
  if (account === undefined) return showStep(services, 'enter-email');
  try {
    const session = state ?? (await sessionState(services, account));
    const step = nextStep(situationOf(services, account, session));
    const isCode = step === 'confirm-sign-up' || step === 'confirm-sign-in';
    if (step !== 'authorize') return showStep(services, step, isCode && codeSent ? { codeSent } : {});
  } catch (error) {
    if (isAuthError(error, 'INVALID_TOKEN')) return signedOutElsewhere(services);
    throw error;
  }
  await answer(services, account);
}

/** How far the session may be used; an application with keys needs it confirmed, whatever the server says of others. */
export async function sessionState(services: Services, account: StoredAccount): Promise<SessionState> {
  const { details } = await getSessionStatus(services.client, account.sessionToken);
  return {
    emailVerified: details.accountEmailVerified,
    sessionVerified: details.sessionVerified || (!details.mustVerify && !wantsKeys(services.flow)),
  };
}

async function answer(services: Services, account: StoredAccount): Promise<void> {
  const { client, visit, navigation } = services;
  const { browser, oauth } = services.flow;
  try {
    if (browser !== undefined) await browser.signIn(services, account);
    else if (oauth !== undefined) navigation.leave(await authorize(client, account, visit, oauth.request));
  } catch (error) {
    if (isAuthError(error, 'INVALID_TOKEN')) return signedOutElsewhere(services);
    if (isAuthError(error, 'UNVERIFIED_ACCOUNT')) return showStep(services, 'confirm-sign-up');
    if (isAuthError(error, 'UNVERIFIED_SESSION')) return showStep(services, 'confirm-sign-in');
    const staleSignIn = isAuthError(error, 'INSUFFICIENT_ACR_VALUES', 'STALE_AUTH_TIMESTAMP');
    if (staleSignIn && oauth?.request.maxAge !== undefined && !visit.isProved(account.uid)) {
      return showStep(services, 'enter-password');
    }
    const code = errorCode(error);
    if (code !== undefined && oauth?.returnAddress.takesErrors === true) return leaveWithError(services, oauth, code);
    const notice = code === undefined ? describeFailure(error) : message('failure-refused', { code });
    navigation.go(entryPath(services), { page: 'finish', notice }, { replace: true });
  }
}

/** Goes back to the application with an error. */
export function leaveWithError({ navigation }: Services, { returnAddress }: OAuthFlow, code: OAuthErrorCode): void {
  navigation.leave(errorUrl(returnAddress, code));
}

function signedOutElsewhere(services: Services): void {
  services.accounts.set(undefined);
  services.visit.forget();
  showStep(services, 'enter-email', { notice: message('notice-signed-out-elsewhere') });
}
