import type { AuthClient } from '@foxden/auth-client';
import type { AccountStore } from '../account/stored-account.js';
import { namesBrowser } from '../browser/browser-flow.js';
import { pairingSide } from '../pairing/pairing-flow.js';
import type { Place } from '../routing/navigation.js';
import { asksForCode, type Flow, readFlow } from './flow.js';
import type { Problem } from './problem.js';

/** How a flow begins: with its first step, with an answer to the application at once, or not at all. */
export type Beginning =
  | { readonly kind: 'flow'; readonly flow: Flow }
  | { readonly kind: 'answer'; readonly url: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** What the beginning of a flow stands on. */
export interface Surroundings {
  readonly client: AuthClient;
  readonly accounts: AccountStore;
  /** This server's name in answers. */
  readonly issuer: string;
}

/** Begins what a browser has opened that names itself in the address; loaded when there is one. */
export type BeginInBrowser = (flow: Flow, query: URLSearchParams) => Promise<Beginning>;

/** Begins a pairing, on either side; loaded when there is one. */
export type BeginPairing = (flow: Flow, place: Place) => Promise<Beginning>;

/**
 * Reads what the address asks for.
 * @param inBrowser absent where no browser's flow can be
 * @param pairing absent where nothing can be paired
 */
export async function beginFlow(
  surroundings: Surroundings,
  place: Place,
  inBrowser?: BeginInBrowser,
  pairing?: BeginPairing,
): Promise<Beginning> {
  const flow = readFlow(place.path, place.query);
  const isPairing = pairing !== undefined && pairingSide(place) !== undefined;
  const isForBrowser = inBrowser !== undefined && namesBrowser(place.query);
  if (!isPairing && !isForBrowser && !asksForCode(place.path, place.query)) return { kind: 'flow', flow };
  try {
    if (isPairing) return await pairing(flow, place);
    if (isForBrowser) return await inBrowser(flow, place.query);
    const { beginRequest } = await import('./begin-request.js');
    return await beginRequest(surroundings, place);
  } catch {
    return { kind: 'problem', problem: { kind: 'unreachable' } };
  }
}
