import { nextStep } from '../flow/next-step.js';
import { ASSUMED, meantAccount, situationOf } from '../flow/situation.js';
import type { Services } from '../services.js';
import type { PlaceState } from './navigation.js';
import { isSettingsPage, ROUTES, type SettingsPage } from './routes.js';

/** The pages, each a module of its own. */
export type PageName =
  | 'email'
  | 'password'
  | 'sign-up'
  | 'continue-as'
  | 'confirm-code'
  | 'mailbox'
  | 'second-step'
  | 'unblock'
  | 'reset-password'
  | 'reset-code'
  | 'reset-link'
  | 'recovery-key'
  | 'new-password'
  | 'choose-sync'
  | 'connected'
  | 'pair'
  | 'pair-authority'
  | 'pair-supplicant'
  | 'pair-success'
  | 'pair-failure'
  | 'consent'
  | 'finish'
  | 'signed-in'
  | 'link'
  | 'report'
  | 'logout'
  | 'not-found'
  | SettingsPage;

/** Which page an address shows, by what is known without asking the server. */
export function choosePage(services: Services): PageName {
  const { accounts, flow, navigation, visit } = services;
  const { path, query, state } = navigation.here();
  const { reset } = state;
  const kind = ROUTES[path];
  if (kind === undefined) return 'not-found';
  if (isSettingsPage(kind)) return meantAccount(services) === undefined ? 'email' : kind;
  switch (kind) {
    case 'link':
    case 'report':
    case 'logout':
    case 'connected':
    case 'pair':
    case 'pair-success':
    case 'pair-failure':
      return kind;
    case 'pair-authority':
    case 'pair-supplicant':
      return flow.pairing === undefined ? 'pair' : kind;
    case 'confirm':
      return accounts.get() === undefined ? 'email' : 'confirm-code';
    case 'mailbox':
      return state.email === undefined ? entryPage(services) : 'mailbox';
    case 'second-step':
      return accounts.get() === undefined ? 'email' : 'second-step';
    case 'unblock':
      if (visit.blocked() !== undefined) return 'unblock';
      return isAddressKnown(services, state) ? 'password' : entryPage(services);
    case 'sign-in':
      return isAddressKnown(services, state) ? 'password' : entryPage(services);
    case 'sign-up':
      return isAddressKnown(services, state) && !flow.emailLocked ? 'sign-up' : entryPage(services);
    case 'reset':
      return 'reset-password';
    case 'reset-code':
      return state.email === undefined ? 'reset-password' : 'reset-code';
    case 'reset-second-step':
      return reset === undefined ? 'reset-password' : 'second-step';
    case 'recovery-key':
      return reset === undefined ? 'reset-password' : 'recovery-key';
    case 'new-password-with-key':
      if (reset === undefined) return 'reset-password';
      return visit.recovered(reset.uid) === undefined ? 'recovery-key' : 'new-password';
    case 'new-password':
      if (reset !== undefined) return 'new-password';
      return query.has('token') ? 'reset-link' : 'reset-password';
    case 'entry':
      return entryPage(services);
  }
}

/** The address was entered one step before, or the link names it and nobody is signed in by it. */
function isAddressKnown(services: Services, state: PlaceState): boolean {
  if (state.page === 'email') return false;
  return state.email !== undefined || (services.flow.hint !== undefined && meantAccount(services) === undefined);
}

function entryPage(services: Services): PageName {
  const { visit, flow } = services;
  if (flow.pairing !== undefined) return 'pair-authority';
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
