import { isAuthError } from '@foxden/auth-client';
import { message } from '../../messages/message.js';
import type { IsCommon } from '../../passwords/common-passwords.js';
import { checkNewPassword, type NewPasswordErrors } from '../../passwords/new-password.js';
import type { Services } from '../../services.js';
import { type Attempt, attempt, readOnArrival } from '../../settings/attempt.js';
import { ownerOf } from '../../settings/owner.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

/** `error` is about the old password. */
export interface ChangePasswordState extends Attempt, NewPasswordErrors {
  readonly email: string;
}

export interface ChangePasswordModel extends Model<ChangePasswordState> {
  submit(oldPassword: string, password: string, passwordConfirm: string): Promise<void>;
}

/** Changes the password: other sessions end, this one goes on as another, and what is encrypted stays readable. */
export function createChangePasswordModel(
  services: Services,
  commonPasswords: () => Promise<IsCommon>,
): ChangePasswordModel {
  const { accounts, client, navigation, onAccountChange, visit } = services;
  const { email } = ownerOf(services);
  const state = createStore<ChangePasswordState>({ email, busy: false });

  return {
    state,
    start() {
      readOnArrival(services, state, async () => undefined);
      return undefined;
    },
    submit: (oldPassword, password, passwordConfirm) =>
      attempt(
        services,
        state,
        async () => {
          state.set({ passwordError: undefined, confirmError: undefined });
          if (oldPassword === '') return void state.set({ error: message('change-password-error-missing') });
          const errors = checkNewPassword({ password, passwordConfirm, email }, await commonPasswords());
          if (errors !== undefined) return void state.set(errors);
          const before = ownerOf(services);
          const change = { email, sessionToken: before.sessionToken, oldPassword, newPassword: password };
          const { changePassword } = await import('../../settings/change-password.js');
          const { sessionToken, authAt, kB } = await changePassword(client, change);
          const account = { ...before, sessionToken, authAt };
          visit.forget();
          accounts.set(account);
          visit.prove(account.uid, { kB });
          onAccountChange({ kind: 'password-changed', account });
          navigation.go('/settings', { notice: message('change-password-done') }, { replace: true });
          return undefined;
        },
        (failed) => (isAuthError(failed, 'INCORRECT_PASSWORD') ? message('change-password-error-wrong') : undefined),
      ),
  };
}
