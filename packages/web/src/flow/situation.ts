import type { StoredAccount } from '../account/stored-account.js';
import type { Services } from '../services.js';
import type { Flow, OAuthFlow } from './flow.js';
import type { Situation } from './next-step.js';

/** What the server says about a session. */
export interface SessionState {
  readonly emailVerified: boolean;
  /** The account has a second factor, which this session has not proven. */
  readonly secondStepNeeded: boolean;
  /** It may be used for what the flow asks for. */
  readonly sessionVerified: boolean;
}

/** What is taken to be true until the server was asked, so that a page can be shown at once. */
export const ASSUMED: SessionState = { emailVerified: true, secondStepNeeded: false, sessionVerified: true };

/** The account of this browser, if it is the one that the flow means or that the person has chosen all the same. */
export function meantAccount({ accounts, flow, visit }: Services): StoredAccount | undefined {
  const account = accounts.get();
  if (account === undefined || flow.hint === undefined || isSameAddress(flow.hint, account.email)) return account;
  return visit.isAcknowledged(account.uid) ? account : undefined;
}

export function situationOf(services: Services, account: StoredAccount, state: SessionState): Situation {
  const { flow, visit } = services;
  const awaited = isAwaited(flow);
  return {
    ...state,
    signedIn: true,
    acknowledged: visit.isAcknowledged(account.uid),
    awaited,
    passwordNeeded: awaited && needsPassword(services, account),
    syncChoiceNeeded: flow.browser?.syncQuestion(account.uid) !== undefined,
    consentNeeded: flow.oauth !== undefined && needsConsent(flow.oauth) && !visit.isAllowed(account.uid),
  };
}

/** Whether an application or the browser waits for an answer. */
function isAwaited({ browser, oauth }: Flow): boolean {
  return browser === undefined ? oauth !== undefined : !browser.isDone();
}

/** Strangers are introduced each time; the operator's own applications when they ask for it. */
export function needsConsent({ client, request }: Pick<OAuthFlow, 'client' | 'request'>): boolean {
  return !client.trusted || request.prompt === 'consent';
}

function needsPassword({ flow, visit, now }: Services, account: StoredAccount): boolean {
  const { browser, oauth } = flow;
  if (browser !== undefined) return browser.needsPassword(visit, account.uid);
  if (oauth === undefined) return false;
  const { request } = oauth;
  if (request.keysJwk !== undefined && !visit.hasKeys(account.uid)) return true;
  if (visit.isProved(account.uid)) return false;
  return request.prompt === 'login' || isTooOld(account, request.maxAge, now());
}

/** `max_age=0` asks for the password each time, as `prompt=login` does (OpenID Connect Core §3.1.2.1). */
export function isTooOld({ authAt }: StoredAccount, maxAge: number | undefined, now: number): boolean {
  return maxAge !== undefined && (maxAge === 0 || now / 1000 - authAt > maxAge);
}

/** Whether two spellings are the same address to the server. */
export function isSameAddress(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
