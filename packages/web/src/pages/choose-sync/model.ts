import type { SyncAnswer, SyncQuestion } from '../../browser/browser-flow.js';
import { advance } from '../../flow/advance.js';
import { describeFailure } from '../../flow/describe-failure.js';
import { meantAccount } from '../../flow/situation.js';
import type { Message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface ChooseSyncState extends SyncQuestion {
  readonly email: string;
  /** Which of the two ways is being gone. */
  readonly busy: false | 'sync' | 'no-sync';
  readonly failure?: Message | undefined;
}

export interface ChooseSyncModel extends Model<ChooseSyncState> {
  /** @param kept engines, as the form has them */
  sync(kept: readonly string[]): Promise<void>;
  dontSync(): Promise<void>;
}

export function createChooseSyncModel(services: Services): ChooseSyncModel {
  const { browser } = services.flow;
  const account = meantAccount(services);
  if (browser === undefined || account === undefined) throw new Error('no browser is to be signed in');
  const { uid, email } = account;
  const question = browser.syncQuestion(uid);
  if (question === undefined) throw new Error('there is nothing to choose');
  const state = createStore<ChooseSyncState>({ ...question, email, busy: false });

  const goOn = async (busy: 'sync' | 'no-sync', answer: SyncAnswer): Promise<void> => {
    if (state.get().busy !== false) return;
    state.set({ busy, failure: undefined });
    services.visit.acknowledge(uid);
    browser.answerSyncQuestion(uid, answer);
    try {
      await advance(services);
    } catch (error) {
      state.set({ busy: false, failure: describeFailure(error) });
    }
  };

  return {
    state,
    sync: (kept) => goOn('sync', { declined: question.engines.filter((engine) => !kept.includes(engine)) }),
    dontSync: () => goOn('no-sync', 'no-sync'),
  };
}
