import { isAuthError } from '@foxden/auth-client';
import { advance } from '../../flow/advance.js';
import { describeFailure } from '../../flow/describe-failure.js';
import { isLiftableBlock, provePassword } from '../../flow/prove-password.js';
import { isSameAddress, meantAccount } from '../../flow/situation.js';
import { entryPath, signUpPath } from '../../flow/steps.js';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface PasswordState {
  readonly email: string;
  /** They are signed in; only the password is wanted again. */
  readonly again: boolean;
  readonly busy: boolean;
  readonly error?: Message | undefined;
  readonly failure?: Message | undefined;
  readonly notice: Message | undefined;
}

export interface PasswordModel extends Model<PasswordState> {
  submit(password: string): Promise<void>;
  createAccount(): void;
  resetPassword(): void;
  useAnother(): void;
}

export function createPasswordModel(services: Services): PasswordModel {
  const { config, flow, navigation, visit } = services;
  const { state: arrived } = navigation.here();
  const signedIn = meantAccount(services);
  const email = arrived.email ?? signedIn?.email ?? flow.hint ?? '';
  const again = signedIn !== undefined && isSameAddress(signedIn.email, email);
  const state = createStore<PasswordState>({ email, again, busy: false, notice: arrived.notice });

  return {
    state,
    async submit(password) {
      if (state.get().busy) return;
      const clean = { error: undefined, failure: undefined, notice: undefined };
      if (password === '') return state.set({ ...clean, error: message('password-error-missing') });
      state.set({ ...clean, busy: true });
      try {
        await advance(services, await provePassword(services, { email, password }));
      } catch (error) {
        if (isLiftableBlock(error)) {
          visit.block({ email, password });
          return navigation.go('/signin_unblock', { email });
        }
        state.set({ busy: false, ...describe(error, config.hideAccounts) });
      }
    },
    createAccount: () => navigation.go(signUpPath(services), { email }),
    resetPassword: () => navigation.go('/reset_password', { email }),
    useAnother: () => navigation.go(entryPath(services), { page: 'email' }),
  };
}

function describe(error: unknown, hideAccounts: boolean): Pick<PasswordState, 'error' | 'failure'> {
  if (isAuthError(error, 'INCORRECT_PASSWORD', 'INCORRECT_EMAIL_CASE')) {
    return { error: message(hideAccounts ? 'password-error-either' : 'password-error-wrong') };
  }
  if (isAuthError(error, 'UNKNOWN_ACCOUNT')) return { failure: message('password-error-no-account') };
  if (isAuthError(error, 'LOGIN_WITH_SECONDARY_EMAIL')) return { failure: message('password-error-secondary') };
  if (isAuthError(error, 'ACCOUNT_MUST_BE_RESET')) return { failure: message('password-error-reset') };
  if (isAuthError(error, 'ACCOUNT_WITHOUT_PASSWORD', 'LOGIN_WITH_INVALID_EMAIL')) {
    return { failure: message('password-error-unset') };
  }
  return { failure: describeFailure(error) };
}
