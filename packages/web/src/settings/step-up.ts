import { isAuthError, requestStepUpCode, verifyStepUpCode } from '@foxden/auth-client';
import type { MfaAction } from '@foxden/protocol';
import { type Message, message } from '../messages/message.js';
import type { Services } from '../services.js';
import { createStore, type Store } from '../store.js';
import { digitsOf } from '../ui/digits.js';
import { type Attempt, attempt } from './attempt.js';
import { ownerOf, sessionOf } from './owner.js';

export const STEP_UP_LENGTH = 6;

export interface StepUpState extends Attempt {
  /** Digits are on their way, and a change waits for them. */
  readonly asking: boolean;
  readonly email: string;
}

/** Mailed digits that a kind of change wants first (auth-api §6.14). They serve for some minutes. */
export interface StepUp {
  readonly state: Store<StepUpState>;
  /**
   * Makes a change with a step-up token, once there is one.
   * @returns what the change gives; undefined when the person went back
   * @throws whatever the change or the request for digits throws
   */
  run<T>(change: (stepUpToken: string) => Promise<T>): Promise<T | undefined>;
  submit(code: string): Promise<void>;
  resend(): Promise<void>;
  cancel(): void;
}

export function createStepUp(services: Services, action: MfaAction): StepUp {
  const { client, visit } = services;
  const { email } = ownerOf(services);
  const state = createStore<StepUpState>({ asking: false, email, busy: false });
  let settle: (token: string | undefined) => void = () => undefined;

  const send = () => requestStepUpCode(client, sessionOf(services), action);
  const end = (token: string | undefined) => {
    state.set({ asking: false });
    settle(token);
  };
  const wrong = (error: unknown): Message | undefined =>
    isAuthError(error, 'INVALID_OTP_CODE') ? message('step-up-error-wrong') : undefined;

  async function ask(): Promise<string | undefined> {
    await send();
    state.set({ asking: true, error: undefined, failure: undefined, notice: undefined });
    return new Promise((resolve) => {
      settle = resolve;
    });
  }

  return {
    state,
    async run(change) {
      const held = visit.permission(action);
      if (held !== undefined) {
        try {
          return await change(held);
        } catch (error) {
          if (!isAuthError(error, 'INVALID_MFA_TOKEN')) throw error;
          visit.permit(action, undefined);
        }
      }
      const token = await ask();
      return token === undefined ? undefined : change(token);
    },
    async submit(typed) {
      const code = digitsOf(typed);
      if (code.length !== STEP_UP_LENGTH) return state.set({ error: message('step-up-error-format') });
      await attempt(
        services,
        state,
        async () => {
          const token = await verifyStepUpCode(client, sessionOf(services), { action, code });
          visit.permit(action, token);
          end(token);
          return undefined;
        },
        wrong,
      );
    },
    resend: () =>
      attempt(services, state, async () => {
        await send();
        return message('step-up-resent', { email });
      }),
    cancel: () => end(undefined),
  };
}
