import {
  addEmail,
  getEmails,
  isAuthError,
  removeEmail,
  resendAddedEmailCode,
  setPrimaryEmail,
  verifyAddedEmail,
} from '@foxden/auth-client';
import { isEmailAddress } from '@foxden/protocol';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { type Attempt, attempt, readOnArrival } from '../../settings/attempt.js';
import { ownerOf, sessionOf } from '../../settings/owner.js';
import { createStepUp, type StepUp } from '../../settings/step-up.js';
import { createStore } from '../../store.js';
import { digitsOf } from '../../ui/digits.js';
import type { Model } from '../../ui/use-model.js';

export interface Address {
  readonly email: string;
  readonly isPrimary: boolean;
  readonly verified: boolean;
}

export interface EmailsState extends Attempt {
  readonly addresses?: readonly Address[];
  /** An address whose digits are asked for. */
  readonly proving?: string | undefined;
}

export interface EmailsModel extends Model<EmailsState> {
  readonly stepUp: StepUp;
  add(email: string): Promise<void>;
  /** Asks for the digits of an address that waits for them, and mails new ones. */
  prove(email: string): Promise<void>;
  submitCode(code: string): Promise<void>;
  makePrimary(email: string): Promise<void>;
  remove(email: string): Promise<void>;
  leave(): void;
}

export const EMAIL_CODE_LENGTH = 6;

/** The addresses of the account (auth-api §6.9). */
export function createEmailsModel(services: Services): EmailsModel {
  const { accounts, client, onAccountChange } = services;
  const { uid } = ownerOf(services);
  const state = createStore<EmailsState>({ busy: false });
  const stepUp = createStepUp(services, 'email');

  async function read(): Promise<void> {
    state.set({ addresses: await getEmails(client, sessionOf(services)) });
  }

  /** Makes a change that a step-up allows; gives the news unless the person went back. */
  async function change(act: (token: string) => Promise<void>, news: Message): Promise<Message | undefined> {
    const done = await stepUp.run(async (token) => {
      await act(token);
      return true;
    });
    if (done !== true) return undefined;
    await read();
    return news;
  }

  return {
    state,
    stepUp,
    start() {
      readOnArrival(services, state, read);
      return undefined;
    },
    async add(typed) {
      const email = typed.trim();
      if (!isEmailAddress(email)) return state.set({ error: message('email-error-format') });
      await attempt(
        services,
        state,
        () =>
          change(
            async (token) => {
              await addEmail(client, token, email);
              state.set({ proving: email });
            },
            message('emails-code-sent', { email }),
          ),
        errorOfAddress,
      );
    },
    prove: (email) =>
      attempt(services, state, () =>
        change(
          async (token) => {
            await resendAddedEmailCode(client, token, email);
            state.set({ proving: email });
          },
          message('emails-code-sent', { email }),
        ),
      ),
    async submitCode(typed) {
      const email = state.get().proving ?? '';
      const code = digitsOf(typed);
      if (code.length !== EMAIL_CODE_LENGTH) return state.set({ error: message('emails-error-code-format') });
      await attempt(
        services,
        state,
        () =>
          change(
            async (token) => {
              await verifyAddedEmail(client, token, { email, code });
              state.set({ proving: undefined });
            },
            message('emails-added', { email }),
          ),
        (failed) => (isAuthError(failed, 'INVALID_VERIFICATION_CODE') ? message('emails-error-code') : undefined),
      );
    },
    makePrimary: (email) =>
      attempt(services, state, () =>
        change(
          async (token) => {
            await setPrimaryEmail(client, token, email);
            accounts.set({ ...ownerOf(services), email });
            onAccountChange({ kind: 'profile-changed', uid });
          },
          message('emails-now-primary', { email }),
        ),
      ),
    remove: (email) =>
      attempt(services, state, () =>
        change((token) => removeEmail(client, token, email), message('emails-removed', { email })),
      ),
    leave: () => state.set({ proving: undefined, error: undefined, notice: undefined }),
  };
}

/** Why an address cannot be added. */
function errorOfAddress(error: unknown): Message | undefined {
  if (isAuthError(error, 'SECONDARY_EMAIL_IS_PRIMARY', 'EMAIL_ALREADY_ON_ACCOUNT')) return message('emails-error-own');
  if (isAuthError(error, 'TOO_MANY_SECONDARY_EMAILS')) return message('emails-error-many');
  const taken = isAuthError(
    error,
    'EMAIL_EXISTS',
    'VERIFIED_PRIMARY_EMAIL_EXISTS',
    'UNVERIFIED_PRIMARY_EMAIL_NEWLY_CREATED',
  );
  return taken ? message('emails-error-taken') : undefined;
}
