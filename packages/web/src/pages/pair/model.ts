import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface PairState {
  /**
   * What this page can do: the browser around it shows the code, or would if somebody were signed in to it; it was opened
   * by a camera that knows nothing of accounts; or another browser must show the code.
   */
  readonly view: 'checking' | 'ready' | 'sign-in' | 'scanned' | 'elsewhere';
  readonly busy: boolean;
  readonly failure?: Message | undefined;
}

export interface PairModel extends Model<PairState> {
  /** Has the browser show the code. */
  showCode(): Promise<void>;
}

/** How to connect another device by scanning a code (oauth-devices §6.4, step 1). */
export function createPairModel({ navigation, openChannel }: Services): PairModel {
  const { scanned } = navigation.here().state;
  const state = createStore<PairState>({ view: scanned === true ? 'scanned' : 'checking', busy: false });

  async function look(): Promise<PairState['view']> {
    const channel = await openChannel();
    const status = await channel?.ask('fxaccounts:fxa_status', { isPairing: true });
    if (status?.capabilities?.pairing !== true) return 'elsewhere';
    return status.signedInUser?.sessionToken ? 'ready' : 'sign-in';
  }

  return {
    state,
    start() {
      // Whoever sees the code can join, so it does not stay in the address bar and the history.
      if (/(?:^|&)channel_id=/.test(navigation.takeFragment())) {
        navigation.remember({ scanned: true });
        state.set({ view: 'scanned' });
      }
      if (state.get().view === 'checking') {
        void look().then(
          (view) => state.set({ view }),
          () => state.set({ view: 'elsewhere' }),
        );
      }
      return undefined;
    },
    async showCode() {
      if (state.get().busy) return;
      state.set({ busy: true, failure: undefined });
      try {
        const channel = await openChannel();
        await channel?.ask('fxaccounts:pair_preferences', {});
        state.set({ busy: false });
      } catch {
        state.set({ busy: false, failure: message('pair-show-failed') });
      }
    },
  };
}
