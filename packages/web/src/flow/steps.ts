import type { PlaceState } from '../routing/navigation.js';
import type { Services } from '../services.js';
import type { Step } from './next-step.js';

/** The path that begins the flow: an application's requests have their own. */
export function entryPath({ flow }: Pick<Services, 'flow'>): string {
  return flow.oauth === undefined ? '/' : '/authorization';
}

export function signInPath({ flow }: Pick<Services, 'flow'>): string {
  return flow.oauth === undefined ? '/signin' : '/oauth/signin';
}

export function signUpPath({ flow }: Pick<Services, 'flow'>): string {
  return flow.oauth === undefined ? '/signup' : '/oauth/signup';
}

/** Shows a step. It takes the place of the one before, which is done: going back must not send a form twice. */
export function showStep(services: Services, step: Exclude<Step, 'authorize'>, state: PlaceState = {}): void {
  const { path, own } = placeOf(services, step);
  services.navigation.go(path, { ...own, ...state }, { replace: true });
}

function placeOf(services: Services, step: Exclude<Step, 'authorize'>): { path: string; own: PlaceState } {
  const entry = entryPath(services);
  switch (step) {
    case 'enter-email':
      return { path: entry, own: { page: 'email' } };
    case 'enter-password':
      return { path: signInPath(services), own: { email: services.accounts.get()?.email ?? '' } };
    case 'confirm-sign-up':
      return { path: '/confirm_signup_code', own: {} };
    case 'confirm-sign-in':
      return { path: '/signin_token_code', own: {} };
    case 'second-step':
      return { path: '/signin_totp_code', own: {} };
    case 'choose-sync':
    case 'consent':
      return { path: entry, own: { page: step } };
    case 'continue-as':
      return { path: entry, own: {} };
    case 'signed-in':
      return { path: services.visit.destination() ?? entry, own: {} };
  }
}
