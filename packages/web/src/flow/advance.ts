import { getSessionStatus, isAuthError } from '@foxden/auth-client';
import type { StoredAccount } from '../account/stored-account.js';
import type { Message } from '../messages/message.js';
import type { Services } from '../services.js';
import { wantsKeys } from './flow.js';
import { nextStep } from './next-step.js';
import { signedOutElsewhere } from './signed-out-elsewhere.js';
import { meantAccount, type SessionState, situationOf } from './situation.js';
import { showStep } from './steps.js';

/** What is already known when a step is done. */
export interface Progress {
  /** From the answer to a sign-in, so that the server need not be asked again. */
  readonly state?: SessionState;
  /** A code was mailed with that answer. */
  readonly codeSent?: boolean;
  /** What to tell where there is another step. */
  readonly notice?: Message;
}

/**
 * Goes on to whatever comes next: another step, or back to the application. When it resolves, the page it was called
 * from is being left.
 * @throws AuthClientError when the server cannot be asked how things stand
 */
export async function advance(services: Services, { state, codeSent = false, notice }: Progress = {}): Promise<void> {
  const account = meantAccount(services);
  if (account === undefined) return showStep(services, 'enter-email');
  try {
    const session = state ?? (await sessionState(services, account));
    const step = nextStep(situationOf(services, account, session));
    const isCode = step === 'confirm-sign-up' || step === 'confirm-sign-in';
    const told = notice === undefined ? {} : { notice };
    if (step !== 'authorize') return showStep(services, step, { ...told, ...(isCode && codeSent && { codeSent }) });
  } catch (error) {
    if (isAuthError(error, 'INVALID_TOKEN')) return signedOutElsewhere(services);
    throw error;
  }
  const { browser, oauth } = services.flow;
  if (browser !== undefined) return browser.signIn(services, account);
  if (oauth === undefined) return;
  const { answerRequest } = await import('./answer-request.js');
  await answerRequest(services, oauth, account);
}

/** How far the session may be used; keys and settings need it confirmed, whatever the server says of others. */
export async function sessionState(services: Services, account: StoredAccount): Promise<SessionState> {
  const { details } = await getSessionStatus(services.client, account.sessionToken);
  const isStrict = wantsKeys(services.flow) || services.visit.destination() !== undefined;
  return {
    emailVerified: details.accountEmailVerified,
    secondStepNeeded: !details.sessionVerificationMeetsMinimumAAL,
    sessionVerified: details.sessionVerified || (!details.mustVerify && !isStrict),
  };
}
