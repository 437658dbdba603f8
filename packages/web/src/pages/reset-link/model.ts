import { describeFailure } from '../../flow/describe-failure.js';
import { type Message, message } from '../../messages/message.js';
import { readResetLink } from '../../reset/reset.js';
import { hasEnded, showFirstStep } from '../../reset/steps.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface ResetLinkState {
  readonly failure?: Message | undefined;
  /** Another try may succeed. */
  readonly retry: boolean;
}

export interface ResetLinkModel extends Model<ResetLinkState> {
  open(): Promise<void>;
  beginAgain(): void;
}

/** A reset that a mailed link began, in whichever browser opens it. */
export function createResetLinkModel(services: Services): ResetLinkModel {
  const { navigation } = services;
  const begun = readResetLink(navigation.here().query);
  const state = createStore<ResetLinkState>({ retry: false });

  async function open(): Promise<void> {
    if (begun === undefined) return state.set({ failure: message('link-failed-broken') });
    state.set({ failure: undefined });
    try {
      await showFirstStep(services, begun);
    } catch (error) {
      const ended = hasEnded(error);
      state.set({ failure: ended ? message('link-failed-reset') : describeFailure(error), retry: !ended });
    }
  }

  return {
    state,
    start() {
      void open();
      return undefined;
    },
    open,
    beginAgain: () => navigation.leave(navigation.href('/reset_password', '')),
  };
}
