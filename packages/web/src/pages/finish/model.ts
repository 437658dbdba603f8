import { advance } from '../../flow/advance.js';
import { describeFailure } from '../../flow/describe-failure.js';
import { meantAccount } from '../../flow/situation.js';
import type { Message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface FinishState {
  readonly busy: boolean;
  readonly failure?: Message | undefined;
}

export interface FinishModel extends Model<FinishState> {
  submit(): Promise<void>;
}

/** Everything was asked and answered, but the code could not be fetched: what went wrong, and another try. */
export function createFinishModel(services: Services): FinishModel {
  const state = createStore<FinishState>({ busy: false, failure: services.navigation.here().state.notice });
  return {
    state,
    async submit() {
      if (state.get().busy) return;
      state.set({ busy: true, failure: undefined });
      const account = meantAccount(services);
      if (account !== undefined) services.visit.acknowledge(account.uid);
      try {
        await advance(services);
      } catch (error) {
        state.set({ busy: false, failure: describeFailure(error) });
      }
    },
  };
}
