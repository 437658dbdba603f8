import type { PlaceState } from '../../routing/navigation.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface ConnectedState {
  /** How the sign-in ended that led here; undefined for whoever comes to connect another device. */
  readonly outcome: PlaceState['outcome'] | undefined;
  /** A browser is here that can show what it syncs, and that is what it was about. */
  readonly canManageSync: boolean;
}

export interface ConnectedModel extends Model<ConnectedState> {
  /** Opens the browser's own settings of Sync. */
  manageSync(): Promise<void>;
}

export function createConnectedModel({ navigation, openChannel }: Services): ConnectedModel {
  const { outcome } = navigation.here().state;
  const state = createStore<ConnectedState>({ outcome, canManageSync: false });
  return {
    state,
    start() {
      // A browser that has just been signed in is there, and listens.
      if (outcome === 'syncing' || outcome === 'not-syncing') {
        void openChannel().then((channel) => state.set({ canManageSync: channel !== undefined }));
      }
      return undefined;
    },
    async manageSync() {
      const channel = await openChannel();
      // Where the browser has no such place, staying here is all that can be done.
      await channel?.ask('fxaccounts:sync_preferences', { entryPoint: 'connected' }).catch(() => undefined);
    },
  };
}
