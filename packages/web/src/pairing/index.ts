/** What only the pages of pairing need: loaded for them alone (oauth-devices §6; webchannel §7). */
import { beginningFailure } from '../browser/beginning-failure.js';
import type { Beginning } from '../flow/begin.js';
import type { Flow } from '../flow/flow.js';
import type { Place } from '../routing/navigation.js';
import { beginAuthority } from './begin-authority.js';
import { pairingSide } from './pairing-flow.js';
import type { PairingSurroundings } from './surroundings.js';

export async function beginPairing(surroundings: PairingSurroundings, flow: Flow, place: Place): Promise<Beginning> {
  try {
    if (pairingSide(place) === 'authority') return await beginAuthority(surroundings, flow, place.query);
    // The channel, and what an application's request needs, are for this side alone.
    const { beginSupplicant } = await import('./begin-supplicant.js');
    return await beginSupplicant(surroundings, flow, place);
  } catch (error) {
    return { kind: 'problem', problem: beginningFailure(error) };
  }
}
