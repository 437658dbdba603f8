import { nextStep } from '../flow/next-step.js';
import { ASSUMED, meantAccount, situationOf } from '../flow/situation.js';
import type { Services } from '../services.js';
import type { PlaceState } from './navigation.js';

/** The pages, each a module of its own. */
export type PageName =
  | 'email'
  | 'password'
  | 'sign-up'
  | 'continue-as'
  | 'confirm-code'
  | 'consent'
  | 'finish'
  | 'signed-in'
  | 'link'
  | 'logout'
  | 'not-found';

type RouteKind = 'entry' | 'sign-in' | 'sign-up' | 'confirm' | 'link' | 'logout';

/** The paths as clients and old links know them. */
export const ROUTES: Readonly<Record<string, RouteKind>> = {
  '/': 'entry',
  '/authorization': 'entry',
  '/oauth': 'entry',
  '/force_auth': 'entry',
  '/oauth/force_auth': 'entry',
  '/signin': 'sign-in',
  '/oauth/signin': 'sign-in',
  '/signup': 'sign-up',
  '/oauth/signup': 'sign-up',
  '/confirm_signup_code': 'confirm',
  '/signin_token_code': 'confirm',
  '/verify_email': 'link',
  '/complete_signin': 'link',
  '/logout': 'logout',
};

/** Whether an address is a step of a flow. The others' queries are their own, and no request for a code. */
export function isStep(path: string): boolean {
  return path in ROUTES && ROUTES[path] !== 'link' && ROUTES[path] !== 'logout';
}

/** Which page an address shows, by what is known without asking the server. */
export function choosePage(services: Services): PageName {
  const { path, state } = services.navigation.here();
  const kind = ROUTES[path];
  if (kind === undefined) return 'not-found';
  switch (kind) {
    case 'link':
    case 'logout':
      return kind;
    case 'confirm':
      return services.accounts.get() === undefined ? 'email' : 'confirm-code';
    case 'sign-in':
      return isAddressKnown(services, state) ? 'password' : entryPage(services);
    case 'sign-up':
      return isAddressKnown(services, state) && !services.flow.emailLocked ? 'sign-up' : entryPage(services);
    case 'entry':
      return entryPage(services);
  }
}

/** The address was entered one step before, or the link names it and nobody is signed in by it. */
function isAddressKnown(services: Services, state: PlaceState): boolean {
  return state.email !== undefined || (services.flow.hint !== undefined && meantAccount(services) === undefined);
}

function entryPage(services: Services): PageName {
  const { visit, flow } = services;
  const { page } = services.navigation.here().state;
  if (page === 'email' && !flow.emailLocked) return 'email';
  const account = meantAccount(services);
  if (flow.emailLocked && (account === undefined || !visit.isProved(account.uid))) return 'password';
  if (account === undefined) return 'email';
  const situation = situationOf(services, account, ASSUMED);
  // A step that is come back to was reached by somebody who had said who they are.
  const step = nextStep(page === undefined ? situation : { ...situation, acknowledged: true });
  switch (step) {
    case 'enter-password':
      return 'password';
    case 'continue-as':
      return 'continue-as';
    case 'consent':
      return page === 'consent' ? 'consent' : 'continue-as';
    case 'authorize':
      return page === undefined ? 'continue-as' : 'finish';
    default:
      return 'signed-in';
  }
}
