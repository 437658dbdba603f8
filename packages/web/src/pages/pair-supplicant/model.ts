import type { Supplicant } from '@foxden/pairing';
import { describeRemote, type RemoteWords } from '../../pairing/describe-remote.js';
import { showFailure, showSuccess } from '../../pairing/outcome.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

/** What the person sees of the states of a supplicant: the step, each with its path. */
type View = 'connecting' | 'asking' | 'waiting';

const PATHS: Readonly<Record<View, string>> = {
  connecting: '/pair/supp',
  asking: '/pair/supp/allow',
  waiting: '/pair/supp/wait_for_auth',
};

const VIEWS: Readonly<Record<Exclude<Supplicant['state']['type'], 'failed'>, View>> = {
  connecting: 'connecting',
  waiting_for_metadata: 'connecting',
  waiting_for_authorizations: 'asking',
  waiting_for_supplicant: 'asking',
  waiting_for_authority: 'waiting',
  sending_result: 'waiting',
  complete: 'waiting',
};

export interface PairSupplicantState {
  readonly view: View;
  readonly application: string;
  /** The account that offers itself. */
  readonly email?: string | undefined;
  /** What its person calls the other device. */
  readonly deviceName?: string | undefined;
  readonly remote?: RemoteWords | undefined;
}

export interface PairSupplicantModel extends Model<PairSupplicantState> {
  approve(): void;
  cancel(): void;
}

/** This device joins the account of another one (oauth-devices §6.4, steps 3, 7 and 8). */
export function createPairSupplicantModel({ flow, navigation }: Services): PairSupplicantModel {
  const pairing = flow.pairing?.side === 'supplicant' ? flow.pairing : undefined;
  if (pairing === undefined) throw new Error('nothing is paired here');
  const { application, at, elsewhere } = pairing;
  const state = createStore<PairSupplicantState>({ application, ...describe(at.get().state) });

  const follow = () => {
    const now = at.get().state;
    if (now.type === 'failed') return showFailure(navigation, now.error.kind);
    // Where an application waits at an address of its own, the person is on the way there.
    if (now.type === 'complete' && !elsewhere) return showSuccess(navigation, pairing.side);
    const shown = describe(now);
    const path = PATHS[shown.view];
    return navigation.here().path === path ? state.set(shown) : navigation.go(path, {}, { replace: true });
  };

  return {
    state,
    start() {
      const stop = at.subscribe(follow);
      follow();
      return stop;
    },
    approve() {
      // A second click may come before the page has changed.
      if (describe(at.get().state).view === 'asking') pairing.approve();
    },
    cancel: pairing.cancel,
  };
}

function describe(state: Supplicant['state']): Omit<PairSupplicantState, 'application'> {
  const view = state.type === 'failed' ? 'connecting' : VIEWS[state.type];
  if (!('authority' in state)) return { view };
  const { email, deviceName } = state.authority;
  return { view, email, deviceName, remote: describeRemote(state.remote) };
}
