import { isAuthError, sendForgotOtp, verifyForgotOtp } from '@foxden/auth-client';
import { describeFailure } from '../../flow/describe-failure.js';
import { type Message, message } from '../../messages/message.js';
import type { BegunReset } from '../../reset/reset.js';
import { beginAgain, hasEnded, showFirstStep } from '../../reset/steps.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import { digitsOf } from '../../ui/digits.js';
import type { Model } from '../../ui/use-model.js';

export interface ResetCodeState {
  readonly email: string;
  readonly busy: boolean;
  readonly error?: Message | undefined;
  readonly failure?: Message | undefined;
  readonly notice?: Message | undefined;
}

export interface ResetCodeModel extends Model<ResetCodeState> {
  submit(code: string): Promise<void>;
  resend(): Promise<void>;
  useAnother(): void;
}

export const CODE_LENGTH = 8;

/** The mailed digits that begin a reset, traded once for its tokens. */
export function createResetCodeModel(services: Services): ResetCodeModel {
  const { client, config, flow, navigation } = services;
  const email = navigation.here().state.email ?? '';
  const state = createStore<ResetCodeState>({ email, busy: false });
  const clean = { error: undefined, failure: undefined, notice: undefined };
  let begun: BegunReset | undefined;

  async function begin(code: string): Promise<BegunReset> {
    const { emailToHashWith, uid, token, code: linkCode } = await verifyForgotOtp(client, { email, code });
    return { email, emailToHashWith, uid, token, code: linkCode };
  }

  return {
    state,
    async submit(typed) {
      if (state.get().busy) return;
      const code = digitsOf(typed);
      if (code.length !== CODE_LENGTH) {
        const id = code === '' ? 'reset-code-error-missing' : 'reset-code-error-format';
        return state.set({ ...clean, error: message(id) });
      }
      state.set({ ...clean, busy: true });
      try {
        // The digits work once: when only what follows them failed, another try goes on from there.
        begun ??= await begin(code);
      } catch (error) {
        const wrong = isAuthError(error, 'INVALID_VERIFICATION_CODE', 'UNKNOWN_ACCOUNT');
        const told = wrong ? { error: message('reset-code-error-wrong') } : { failure: describeFailure(error) };
        return state.set({ busy: false, ...told });
      }
      try {
        await showFirstStep(services, begun);
      } catch (error) {
        if (hasEnded(error)) return beginAgain(services, email);
        state.set({ busy: false, failure: describeFailure(error) });
      }
    },
    async resend() {
      if (state.get().busy) return;
      state.set({ ...clean, busy: true });
      try {
        await sendForgotOtp(client, { email, service: flow.service });
        begun = undefined;
        const id = config.hideAccounts ? 'reset-code-resent-hidden' : 'reset-code-resent';
        state.set({ busy: false, notice: message(id, { email }) });
      } catch (error) {
        state.set({ busy: false, failure: describeFailure(error) });
      }
    },
    useAnother: () => navigation.go('/reset_password', { email }),
  };
}
