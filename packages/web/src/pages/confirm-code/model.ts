import { isAuthError, resendSessionCode, verifySessionCode } from '@foxden/auth-client';
import { advance, sessionState } from '../../flow/advance.js';
import { describeFailure } from '../../flow/describe-failure.js';
import { entryPath } from '../../flow/steps.js';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import { digitsOf } from '../../ui/digits.js';
import type { Model } from '../../ui/use-model.js';

export interface ConfirmCodeState {
  readonly email: string;
  /** Whose proof it is: the address of a new account, or a sign-in from a new place. */
  readonly kind: 'sign-up' | 'sign-in';
  readonly busy: boolean;
  readonly error?: Message | undefined;
  readonly failure?: Message | undefined;
  readonly notice?: Message | undefined;
}

export interface ConfirmCodeModel extends Model<ConfirmCodeState> {
  submit(code: string): Promise<void>;
  /** The person is back on this page, maybe from a mailed link. */
  lookAgain(): Promise<void>;
  resend(): Promise<void>;
  useAnother(): void;
}

export const CODE_LENGTH = 6;

export function createConfirmCodeModel(services: Services): ConfirmCodeModel {
  const { accounts, client, flow, navigation, visit } = services;
  const { path, state: arrived } = navigation.here();
  const account = accounts.get();
  if (account === undefined) throw new Error('a code is asked for, but nobody is signed in');
  const { email, sessionToken, uid } = account;
  const state = createStore<ConfirmCodeState>({
    email,
    kind: path === '/confirm_signup_code' ? 'sign-up' : 'sign-in',
    busy: false,
  });
  const clean = { error: undefined, failure: undefined, notice: undefined };

  /** Reports a failure, or goes on to where a session that has ended leads. */
  async function fail(error: unknown): Promise<void> {
    if (isAuthError(error, 'INVALID_TOKEN')) return advance(services);
    const wrong = isAuthError(error, 'INVALID_OTP_CODE', 'INVALID_PARAMETER');
    const told = wrong ? { error: message('confirm-error-wrong') } : { failure: describeFailure(error) };
    state.set({ busy: false, ...told });
  }

  async function send(): Promise<void> {
    await resendSessionCode(client, sessionToken);
    navigation.remember({ codeSent: true });
    state.set({ notice: message('confirm-resent', { email }) });
  }

  return {
    state,
    start() {
      // Whoever is on this page goes on as this account.
      visit.acknowledge(uid);
      if (arrived.codeSent !== true) send().catch(fail);
      return undefined;
    },
    async submit(typed) {
      if (state.get().busy) return;
      const code = digitsOf(typed);
      if (code.length !== CODE_LENGTH) {
        return state.set({ ...clean, error: message(code === '' ? 'confirm-error-missing' : 'confirm-error-format') });
      }
      state.set({ ...clean, busy: true });
      try {
        await verifySessionCode(client, sessionToken, { code, service: flow.service });
        await advance(services);
      } catch (error) {
        await fail(error);
      }
    },
    async lookAgain() {
      if (state.get().busy) return;
      try {
        const session = await sessionState(services, account);
        const done = state.get().kind === 'sign-up' ? session.emailVerified : session.sessionVerified;
        if (done) await advance(services, { state: session });
      } catch (error) {
        if (isAuthError(error, 'INVALID_TOKEN')) await advance(services);
      }
    },
    async resend() {
      if (state.get().busy) return;
      state.set({ ...clean, busy: true });
      try {
        await send();
        state.set({ busy: false });
      } catch (error) {
        await fail(error);
      }
    },
    useAnother: () => navigation.go(entryPath(services), { page: 'email' }),
  };
}
