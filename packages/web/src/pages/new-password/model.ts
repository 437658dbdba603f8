import { getEmailStatus, isAuthError, type PasswordReset } from '@foxden/auth-client';
import { keepAccount } from '../../account/keep-account.js';
import { tellChange } from '../../browser/tell-change.js';
import { advance } from '../../flow/advance.js';
import { describeFailure } from '../../flow/describe-failure.js';
import { type Message, message } from '../../messages/message.js';
import type { IsCommon } from '../../passwords/common-passwords.js';
import { checkNewPassword, type NewPasswordErrors } from '../../passwords/new-password.js';
import { beginAgain, hasEnded, tradeCode } from '../../reset/steps.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface NewPasswordState extends NewPasswordErrors {
  readonly email: string;
  /** The recovery key was entered: what is encrypted stays readable. */
  readonly keepsData: boolean;
  /** There is a recovery key, which was not entered. */
  readonly couldKeepData: boolean;
  readonly busy: boolean;
  readonly failure?: Message | undefined;
}

export interface NewPasswordModel extends Model<NewPasswordState> {
  submit(password: string, passwordConfirm: string): Promise<void>;
  useRecoveryKey(): void;
}

/** Sets a password in place of the forgotten one, signs in by it, and goes on with whatever was begun. */
export function createNewPasswordModel(services: Services, commonPasswords: () => Promise<IsCommon>): NewPasswordModel {
  const { client, navigation, visit } = services;
  const { path, state: arrived } = navigation.here();
  const { reset } = arrived;
  if (reset === undefined) throw new Error('a new password is asked for, but nothing is reset');
  const { email, uid, emailToHashWith } = reset;
  const recovered = path === '/account_recovery_reset_password' ? visit.recovered(uid) : undefined;
  const state = createStore<NewPasswordState>({
    email,
    keepsData: recovered !== undefined,
    couldKeepData: recovered === undefined && reset.hasRecoveryKey,
    busy: false,
  });
  const current = () => navigation.here().state.reset ?? reset;
  const clean = { passwordError: undefined, confirmError: undefined, failure: undefined };

  async function set(password: string): Promise<PasswordReset> {
    const accountResetToken = await tradeCode(services, current());
    const { resetPassword } = await import('../../reset/set-password.js');
    return resetPassword(client, { accountResetToken, email: emailToHashWith, password, recovered });
  }

  async function enter({
    uid,
    sessionToken,
    authAt,
    kB,
    emailVerified,
    sessionVerified,
  }: PasswordReset): Promise<void> {
    // Digits are mailed to any address of the account, and it is the primary one that signs in.
    const primary = await getEmailStatus(client, sessionToken).catch(() => ({ email }));
    const account = { uid, email: primary.email, sessionToken, authAt };
    keepAccount(services, account);
    visit.prove(uid, { kB });
    // A browser that waits to be signed in gets the session with that.
    const isKnown = recovered !== undefined && emailVerified && sessionVerified;
    if (isKnown && services.flow.browser === undefined)
      await tellChange(services, { kind: 'password-changed', account });
    const notice = message(recovered === undefined ? 'notice-password-set' : 'notice-password-set-with-key');
    await advance(services, { state: { emailVerified, secondStepNeeded: false, sessionVerified }, notice });
  }

  return {
    state,
    async submit(password, passwordConfirm) {
      if (state.get().busy) return;
      state.set({ ...clean, busy: true });
      const errors = checkNewPassword({ password, passwordConfirm, email }, await commonPasswords());
      if (errors !== undefined) return state.set({ busy: false, ...errors });
      try {
        await enter(await set(password));
      } catch (error) {
        if (hasEnded(error) || isAuthError(error, 'RECOVERY_KEY_INVALID', 'RECOVERY_KEY_NOT_FOUND')) {
          return beginAgain(services, email);
        }
        const unproven = isAuthError(error, 'UNVERIFIED_SESSION');
        state.set({ busy: false, failure: unproven ? message('reset-error-second-step') : describeFailure(error) });
      }
    },
    useRecoveryKey: () => navigation.go('/account_recovery_confirm_key', { reset: current() }),
  };
}
