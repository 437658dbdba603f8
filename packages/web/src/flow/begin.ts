import type { AuthClient } from '@foxden/auth-client';
import type { Place } from '../routing/navigation.js';
import { asksForCode, type Flow, readFlow } from './flow.js';
import type { Problem } from './problem.js';

/** How a flow begins: with its first step, with an answer to the application at once, or not at all. */
export type Beginning =
  | { readonly kind: 'flow'; readonly flow: Flow }
  | { readonly kind: 'answer'; readonly url: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

/**
 * Reads what the address asks for.
 * @param issuer this server's name in answers
 */
export async function beginFlow(client: AuthClient, place: Place, issuer: string): Promise<Beginning> {
  if (!asksForCode(place.path, place.query)) return { kind: 'flow', flow: readFlow(place.path, place.query) };
  try {
    const { beginRequest } = await import('./begin-request.js');
    return await beginRequest(client, place, issuer);
  } catch {
    return { kind: 'problem', problem: { kind: 'unreachable' } };
  }
}
