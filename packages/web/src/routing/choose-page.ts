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
  | 'choose-sync'
  | 'connected'
  | 'consent'
  | 'finish'
  | 'signed-in'
  | 'link'
  | 'logout'
  | 'not-found';

type RouteKind = 'entry' | 'sign-in' | 'sign-up' | 'confirm' | 'link' | 'logout' | 'connected';

/** What is a page by itself: its query is its own, and no application's or browser's request. */
const BY_ITSELF: readonly (RouteKind | undefined)[] = ['link', 'logout', 'connected'];

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
  '/connect_another_device': 'connected',
  '/pair': 'connected',
};

/** Whether an address is a step of a flow. */
export function isStep(path: string): boolean {
  return path in ROUTES && !BY_ITSELF.includes(ROUTES[path]);
}

/** Which page an address shows, by what is known without asking the server. */
export function choosePage(services: Services): PageName {
  const { path, state } = services.navigation.here();
  const kind = ROUTES[path];
  if (kind === undefined) return 'not-found';
  switch (kind) {
    case 'link':
    case 'logout':
    case 'connected':
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
  // A link that must be one person asks for the password; whom a browser is signed in as is known already.
  const isProved = account !== undefined && (flow.browser !== undefined || visit.isProved(account.uid));
  if (flow.emailLocked && !isProved) return 'password';
  if (account === undefined) return 'email';
  const situation = situationOf(services, account, ASSUMED);
  // A step that is come back to was reached by somebody who had said who they are.
  const step = nextStep(page === undefined ? situation : { ...situation, acknowledged: true });
  switch (step) {
    case 'enter-password':
      return 'password';
    case 'continue-as':
      return 'continue-as';
    case 'choose-sync':
    case 'consent':
      return page === step ? step : 'continue-as';
    case 'authorize':
      return page === undefined ? 'continue-as' : 'finish';
    default:
      return 'signed-in';
  }
}
