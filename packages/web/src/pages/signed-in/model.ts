import { destroySession, isAuthError } from '@foxden/auth-client';
import { advance, sessionState } from '../../flow/advance.js';
import { describeFailure } from '../../flow/describe-failure.js';
import { meantAccount } from '../../flow/situation.js';
import { entryPath, showStep } from '../../flow/steps.js';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface SignedInState {
  readonly email: string;
  readonly busy: boolean;
  readonly failure?: Message | undefined;
  readonly notice: Message | undefined;
}

export interface SignedInModel extends Model<SignedInState> {
  signOut(): Promise<void>;
  useAnother(): void;
}

export function createSignedInModel(services: Services): SignedInModel {
  const { accounts, client, navigation, visit } = services;
  const account = meantAccount(services);
  if (account === undefined) throw new Error('nobody is signed in');
  const state = createStore<SignedInState>({
    email: account.email,
    busy: false,
    notice: navigation.here().state.notice,
  });

  /** The page is shown at once by what the browser remembers; the server may know better. */
  const check = async (): Promise<void> => {
    try {
      const session = await sessionState(services, account);
      const isDone = session.emailVerified && !session.secondStepNeeded && session.sessionVerified;
      if (!isDone) await advance(services, { state: session });
    } catch (error) {
      if (isAuthError(error, 'INVALID_TOKEN')) await advance(services);
    }
  };

  return {
    state,
    start() {
      void check();
      return accounts.subscribe(() => {
        if (accounts.get()?.uid !== account.uid) showStep(services, 'signed-in');
      });
    },
    async signOut() {
      if (state.get().busy) return;
      state.set({ busy: true, failure: undefined, notice: undefined });
      try {
        await destroySession(client, account.sessionToken);
      } catch (error) {
        // A session that is gone already is what was wanted; one that may live on must not be forgotten here.
        if (!isAuthError(error, 'INVALID_TOKEN')) return state.set({ busy: false, failure: describeFailure(error) });
      }
      visit.forget();
      accounts.set(undefined);
      // A browser that shares the session is signed out with it; one that is somebody else's does nothing.
      const channel = await services.openChannel().catch(() => undefined);
      channel?.tell('fxaccounts:logout', { uid: account.uid });
      showStep(services, 'enter-email', { notice: message('notice-signed-out') });
    },
    useAnother: () => navigation.go(entryPath(services), { page: 'email' }),
  };
}
