import { chooseMetrics, destroySession, getAccount, isAuthError } from '@foxden/auth-client';
import type { accountGet, ResponseOf } from '@foxden/protocol';
import { showStep } from '../../flow/steps.js';
import { message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { type Attempt, attempt, readOnArrival } from '../../settings/attempt.js';
import { ownerOf, sessionOf } from '../../settings/owner.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

type Account = ResponseOf<typeof accountGet>;

export interface OverviewState extends Attempt {
  readonly email: string;
  /** Undefined until the server has told it. */
  readonly account?: Account;
}

export interface OverviewModel extends Model<OverviewState> {
  chooseMetrics(allowed: boolean): Promise<void>;
  signOut(): Promise<void>;
}

/** How the account stands, and the ways to its sections. */
export function createOverviewModel(services: Services): OverviewModel {
  const { accounts, client, navigation, onAccountChange, visit } = services;
  const { email, uid } = ownerOf(services);
  const { notice } = navigation.here().state;
  const state = createStore<OverviewState>({ email, busy: false, notice });

  return {
    state,
    start() {
      readOnArrival(services, state, async () => state.set({ account: await getAccount(client, sessionOf(services)) }));
      return accounts.subscribe(() => {
        if (accounts.get()?.uid !== uid) showStep(services, 'signed-in');
      });
    },
    chooseMetrics: (allowed) =>
      attempt(services, state, async () => {
        await chooseMetrics(client, sessionOf(services), allowed ? 'in' : 'out');
        state.set({ account: await getAccount(client, sessionOf(services)) });
        return message(allowed ? 'settings-data-now-allowed' : 'settings-data-now-refused');
      }),
    signOut: () =>
      attempt(services, state, async () => {
        try {
          await destroySession(client, sessionOf(services));
        } catch (error) {
          // A session that is gone already is what was wanted; one that may live on must not be forgotten here.
          if (!isAuthError(error, 'INVALID_TOKEN')) throw error;
        }
        visit.forget();
        accounts.set(undefined);
        onAccountChange({ kind: 'signed-out', uid });
        showStep(services, 'enter-email', { notice: message('notice-signed-out') });
        return undefined;
      }),
  };
}
