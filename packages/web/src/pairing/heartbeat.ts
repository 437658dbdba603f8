import type { PairingHeartbeat } from '@foxden/protocol';
import type { After } from '../timers.js';
import type { FailureReason } from './outcome.js';

/** What a heartbeat tells: the other device has agreed, not yet, or why there is nothing to agree to any more. */
export type Beat = 'agreed' | 'pending' | { readonly failure: FailureReason };

const INTERVAL = 1000;

/** Asks the browser every second how the pairing stands, until told to stop or until it has failed (webchannel §7). */
export function startHeartbeat(ask: () => Promise<PairingHeartbeat>, after: After, tell: (beat: Beat) => void) {
  let stopped = false;
  let cancel = () => {};
  const beat = async () => {
    const heard = await ask().then(readBeat, () => ({ failure: 'disconnected' }) as const);
    if (stopped) return;
    if (typeof heard === 'string') cancel = after(INTERVAL, beat);
    tell(heard);
  };
  void beat();
  return () => {
    stopped = true;
    cancel();
  };
}

/** Firefox answers nothing at all once, while it finds out that it has failed; the next beat says it. */
function readBeat({ err, suppAuthorized }: PairingHeartbeat): Beat {
  if (!err) return suppAuthorized === true ? 'agreed' : 'pending';
  const text = typeof err === 'string' ? err : err.message;
  return { failure: /timed? ?out/i.test(text ?? '') ? 'timeout' : 'disconnected' };
}
