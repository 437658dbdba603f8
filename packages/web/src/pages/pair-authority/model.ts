import { WebChannelError } from '@foxden/webchannel';
import { meantAccount } from '../../flow/situation.js';
import type { Message } from '../../messages/message.js';
import { describeRemote, type RemoteWords } from '../../pairing/describe-remote.js';
import { type Beat, startHeartbeat } from '../../pairing/heartbeat.js';
import { type FailureReason, showFailure, showSuccess } from '../../pairing/outcome.js';
import type { Services } from '../../services.js';
import { explainFailure, isProven } from '../../settings/owner.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface PairAuthorityState {
  /** What must be known before anybody is asked is being found out; it is for this person, or for the other device. */
  readonly view: 'checking' | 'asking' | 'waiting';
  readonly email: string;
  readonly application: string;
  /** Who asks. */
  readonly remote?: RemoteWords;
  readonly busy: boolean;
  /** Why it could not be found out. */
  readonly failure?: Message | undefined;
}

export interface PairAuthorityModel extends Model<PairAuthorityState> {
  approve(): Promise<void>;
  decline(): void;
}

/**
 * Where the browser waits for the other device. It is a place of its own, so that a page that is loaded again does not ask
 * the browser what may be asked only before the person has agreed (webchannel §7).
 */
const WAITING = '/pair/auth/wait_for_supp';

/** The person lets another device into the account of this browser (oauth-devices §6.4, steps 5, 6 and 9). */
export function createPairAuthorityModel(services: Services): PairAuthorityModel {
  const { after, flow, navigation } = services;
  const pairing = flow.pairing?.side === 'authority' ? flow.pairing : undefined;
  if (pairing === undefined) throw new Error('nothing is paired here');
  const { channel, channelId, application } = pairing;
  const reference = { channel_id: channelId };
  const isWaiting = navigation.here().path === WAITING;
  const state = createStore<PairAuthorityState>({
    view: isWaiting ? 'waiting' : 'checking',
    email: flow.hint ?? '',
    application,
    busy: false,
  });
  let stopHeartbeat = () => {};
  let isGone = false;

  /** Nothing that is still on its way counts any more. */
  function end(): void {
    isGone = true;
    stopHeartbeat();
  }

  const fail = (reason: FailureReason) => {
    if (isGone) return;
    end();
    showFailure(navigation, reason);
  };

  function watch(): void {
    const ask = () => channel.ask('fxaccounts:pair_heartbeat', reference);
    stopHeartbeat = startHeartbeat(ask, after, hear);
  }

  function hear(beat: Beat): void {
    if (typeof beat === 'object') fail(beat.failure);
    // Only what the browser says after it has sent the code means that both have agreed.
    else if (beat === 'agreed' && isWaiting) complete();
  }

  function complete(): void {
    end();
    channel.tell('fxaccounts:pair_complete', reference);
    showSuccess(navigation, 'authority');
  }

  async function check(): Promise<void> {
    try {
      if (meantAccount(services) === undefined) return fail('signed-out');
      if (!(await isProven(services)) || isGone) return;
      const metadata = await channel.ask('fxaccounts:pair_supplicant_metadata', reference);
      if (isGone) return;
      // An answer without content means that it is too late to ask.
      if (metadata.ua === undefined && metadata.ipAddress === undefined) return fail('disconnected');
      state.set({ view: 'asking', remote: describeRemote(metadata) });
      watch();
    } catch (error) {
      if (error instanceof WebChannelError) return fail('disconnected');
      const failure = await explainFailure(services, error);
      if (!isGone) state.set({ failure });
    }
  }

  return {
    state,
    start() {
      if (isWaiting) watch();
      else void check();
      return end;
    },
    async approve() {
      if (state.get().busy) return;
      state.set({ busy: true });
      // The browser hears one thing at a time, and this may take it long.
      stopHeartbeat();
      try {
        await channel.ask('fxaccounts:pair_authorize', reference);
        if (!isGone) navigation.go(WAITING, {}, { replace: true });
      } catch {
        fail('failed');
      }
    },
    decline() {
      channel.tell('fxaccounts:pair_decline', reference);
      fail('cancelled');
    },
  };
}
