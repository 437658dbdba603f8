import { isAuthError } from '@foxden/auth-client';
import type { StoredAccount } from '../account/stored-account.js';
import { advance, sessionState } from '../flow/advance.js';
import { describeFailure } from '../flow/describe-failure.js';
import { signedOutElsewhere } from '../flow/signed-out-elsewhere.js';
import { meantAccount } from '../flow/situation.js';
import type { Message } from '../messages/message.js';
import type { Services } from '../services.js';

/** Whose settings they are. */
export function ownerOf(services: Services): StoredAccount {
  const account = meantAccount(services);
  if (account === undefined) throw new Error('settings are shown, but nobody is signed in');
  return account;
}

/** Their session now: another tab may have changed the password, and with it the session. */
export function sessionOf(services: Services): string {
  return ownerOf(services).sessionToken;
}

/**
 * Leads whoever has not proven enough to the step that is missing, and from there back to this page.
 * @returns whether nothing is missing
 */
export async function isProven(services: Services): Promise<boolean> {
  const { visit, navigation } = services;
  const account = ownerOf(services);
  visit.acknowledge(account.uid);
  visit.headFor(navigation.here().path);
  const state = await sessionState(services, account);
  if (state.emailVerified && state.sessionVerified && !state.secondStepNeeded) return true;
  await advance(services, { state });
  return false;
}

/** What to tell about a failure; nothing where the person is led to a step that mends it. */
export async function explainFailure(services: Services, error: unknown): Promise<Message | undefined> {
  if (meantAccount(services) === undefined || isAuthError(error, 'INVALID_TOKEN')) {
    signedOutElsewhere(services);
    return undefined;
  }
  const lacksProof = isAuthError(error, 'UNVERIFIED_ACCOUNT', 'UNVERIFIED_SESSION', 'INSUFFICIENT_AAL');
  if (lacksProof && !(await isProven(services).catch(() => true))) return undefined;
  return describeFailure(error);
}
