import { destroyAccount, getAttachedClients, isAuthError } from '@foxden/auth-client';
import { showStep } from '../../flow/steps.js';
import { message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { type Attempt, attempt, readOnArrival } from '../../settings/attempt.js';
import { ownerOf, sessionOf } from '../../settings/owner.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface DeleteState extends Attempt {
  readonly email: string;
  /** Names of what loses its account, each once. */
  readonly connected?: readonly string[];
}

export interface DeleteModel extends Model<DeleteState> {
  submit(password: string): Promise<void>;
}

/** The end of the account, once the password is proven and everybody knows what goes with it. */
export function createDeleteModel(services: Services): DeleteModel {
  const { accounts, client, onAccountChange, visit } = services;
  const { email, uid } = ownerOf(services);
  const state = createStore<DeleteState>({ email, busy: false });
  return {
    state,
    start() {
      readOnArrival(services, state, async () => {
        const attached = await getAttachedClients(client, sessionOf(services));
        state.set({ connected: [...new Set(attached.flatMap(({ name, userAgent }) => name || userAgent || []))] });
      });
      return undefined;
    },
    submit: (password) =>
      attempt(
        services,
        state,
        async () => {
          if (password === '') return void state.set({ error: message('password-error-missing') });
          await destroyAccount(client, sessionOf(services), { email, password });
          visit.forget();
          accounts.set(undefined);
          onAccountChange({ kind: 'deleted', uid });
          showStep(services, 'enter-email', { notice: message('notice-account-deleted') });
          return undefined;
        },
        (failed) => (isAuthError(failed, 'INCORRECT_PASSWORD') ? message('password-error-wrong') : undefined),
      ),
  };
}
