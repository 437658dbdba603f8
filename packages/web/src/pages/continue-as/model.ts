import type { StoredAccount } from '../../account/stored-account.js';
import { advance } from '../../flow/advance.js';
import { describeFailure } from '../../flow/describe-failure.js';
import { meantAccount } from '../../flow/situation.js';
import { entryPath, showStep } from '../../flow/steps.js';
import type { Message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface ContinueAsState {
  readonly email: string;
  readonly busy: boolean;
  readonly failure?: Message | undefined;
}

export interface ContinueAsModel extends Model<ContinueAsState> {
  submit(): Promise<void>;
  useAnother(): void;
}

export function createContinueAsModel(services: Services): ContinueAsModel {
  const { accounts, navigation, visit } = services;
  const shown: StoredAccount | undefined = meantAccount(services);
  const state = createStore<ContinueAsState>({ email: shown?.email ?? '', busy: false });
  return {
    state,
    start: () =>
      // Another tab signs out, or in as somebody else: what is shown would no longer be true.
      accounts.subscribe(() => {
        if (accounts.get()?.uid !== shown?.uid) showStep(services, 'continue-as');
      }),
    async submit() {
      if (state.get().busy) return;
      state.set({ busy: true, failure: undefined });
      try {
        if (shown !== undefined) visit.acknowledge(shown.uid);
        await advance(services);
      } catch (error) {
        state.set({ busy: false, failure: describeFailure(error) });
      }
    },
    useAnother: () => navigation.go(entryPath(services), { page: 'email' }),
  };
}
