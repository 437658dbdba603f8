import { isAuthError, sendForgotOtp } from '@foxden/auth-client';
import { isEmailAddress } from '@foxden/protocol';
import { describeFailure } from '../../flow/describe-failure.js';
import { entryPath, signInPath } from '../../flow/steps.js';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface ResetPasswordState {
  readonly email: string;
  readonly busy: boolean;
  readonly error?: Message | undefined;
  readonly failure?: Message | undefined;
  readonly notice: Message | undefined;
}

export interface ResetPasswordModel extends Model<ResetPasswordState> {
  submit(email: string): Promise<void>;
  signIn(): void;
}

/** Where a forgotten password begins: digits are mailed to the address (auth-api §6.6). */
export function createResetPasswordModel(services: Services): ResetPasswordModel {
  const { accounts, client, flow, navigation } = services;
  const { state: arrived } = navigation.here();
  const known = arrived.email ?? flow.hint ?? accounts.get()?.email;
  const state = createStore<ResetPasswordState>({ email: known ?? '', busy: false, notice: arrived.notice });

  return {
    state,
    async submit(typed) {
      if (state.get().busy) return;
      const email = typed.trim();
      const clean = { email, error: undefined, failure: undefined, notice: undefined };
      if (!isEmailAddress(email)) {
        const id = email === '' ? 'reset-password-error-missing' : 'reset-password-error-format';
        return state.set({ ...clean, error: message(id) });
      }
      state.set({ ...clean, busy: true });
      try {
        await sendForgotOtp(client, { email, service: flow.service });
        navigation.remember({ email });
        navigation.go('/confirm_reset_password', { email });
      } catch (error) {
        const unknown = isAuthError(error, 'UNKNOWN_ACCOUNT');
        const told = unknown ? { error: message('reset-password-error-unknown') } : { failure: describeFailure(error) };
        state.set({ busy: false, ...told });
      }
    },
    signIn() {
      if (arrived.email === undefined) navigation.go(entryPath(services));
      else navigation.go(signInPath(services), { email: arrived.email });
    },
  };
}
