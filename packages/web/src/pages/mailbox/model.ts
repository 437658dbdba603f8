import { signInPath, signUpPath } from '../../flow/steps.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface MailboxState {
  readonly email: string;
}

export interface MailboxModel extends Model<MailboxState> {
  signIn(): void;
  beginAgain(): void;
}

/** A mail says how a sign-up goes on. What an application asks for waits here, in the address of the page. */
export function createMailboxModel(services: Services): MailboxModel {
  const { navigation } = services;
  const email = navigation.here().state.email ?? '';
  return {
    state: createStore<MailboxState>({ email }),
    signIn: () => navigation.go(signInPath(services), { email }),
    beginAgain: () => navigation.go(signUpPath(services), { email }),
  };
}
