import { isAuthError } from '@foxden/auth-client';
import { IntegrityError, parseRecoveryKey } from '@foxden/protocol';
import { describeFailure } from '../../flow/describe-failure.js';
import { type Message, message } from '../../messages/message.js';
import { beginAgain, hasEnded, tradeCode } from '../../reset/steps.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface RecoveryKeyState {
  readonly busy: boolean;
  readonly error?: Message | undefined;
  readonly failure?: Message | undefined;
}

export interface RecoveryKeyModel extends Model<RecoveryKeyState> {
  submit(recoveryKey: string): Promise<void>;
  goOnWithout(): void;
}

/** The recovery key opens kB, which then waits in memory for the new password. */
export function createRecoveryKeyModel(services: Services): RecoveryKeyModel {
  const { client, navigation, visit } = services;
  const { reset } = navigation.here().state;
  if (reset === undefined) throw new Error('a recovery key is asked for, but nothing is reset');
  const { email, uid } = reset;
  const state = createStore<RecoveryKeyState>({ busy: false });
  const clean = { error: undefined, failure: undefined };
  const current = () => navigation.here().state.reset ?? reset;

  return {
    state,
    async submit(recoveryKey) {
      if (state.get().busy) return;
      if (recoveryKey.trim() === '') return state.set({ ...clean, error: message('recovery-key-error-missing') });
      if (!isRecoveryKey(recoveryKey)) return state.set({ ...clean, error: message('recovery-key-error-format') });
      state.set({ ...clean, busy: true });
      try {
        const { openRecoveryKey } = await import('../../reset/open-key.js');
        const accountResetToken = await tradeCode(services, current());
        visit.recover(uid, await openRecoveryKey(client, { accountResetToken, uid, recoveryKey }));
        navigation.go('/account_recovery_reset_password', { reset: current() }, { replace: true });
      } catch (error) {
        if (hasEnded(error)) return beginAgain(services, email);
        const wrong =
          error instanceof IntegrityError || isAuthError(error, 'RECOVERY_KEY_INVALID', 'RECOVERY_KEY_NOT_FOUND');
        const told = wrong ? { error: message('recovery-key-error-wrong') } : { failure: describeFailure(error) };
        state.set({ busy: false, ...told });
      }
    },
    goOnWithout() {
      if (state.get().busy) return;
      const now = current();
      if (!now.secondStepNeeded) return navigation.go('/complete_reset_password', { reset: now });
      // A reset whose code is traded cannot take the second step any more.
      if (now.accountResetToken !== undefined) return beginAgain(services, email);
      navigation.go('/confirm_totp_reset_password', { reset: now });
    },
  };
}

function isRecoveryKey(text: string): boolean {
  try {
    parseRecoveryKey(text);
    return true;
  } catch {
    return false;
  }
}
