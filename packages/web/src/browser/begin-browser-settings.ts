import { WebChannelError } from '@foxden/webchannel';
import type { Beginning } from '../flow/begin.js';
import type { Flow } from '../flow/flow.js';
import type { BrowserSurroundings } from './begin-browser-flow.js';
import { beginningFailure } from './beginning-failure.js';
import { askStatus, shareSession } from './browser-session.js';

/**
 * Begins the settings that a browser has opened: they are those of whom it is signed in as, whoever was signed in to the
 * page before (webchannel §3.3, §9.5). Where no browser answers, they are like those of any other page.
 */
export async function beginBrowserSettings(
  surroundings: Omit<BrowserSurroundings, 'storage'>,
  flow: Flow,
  query: URLSearchParams,
): Promise<Beginning> {
  const { accounts, channel } = surroundings;
  if (channel === undefined) return { kind: 'flow', flow };
  try {
    const { signedInUser } = await askStatus(channel, undefined, query.get('context') ?? '');
    if (!signedInUser) return { kind: 'flow', flow };
    await shareSession(surroundings, signedInUser);
    const account = accounts.get();
    // A browser may still know an address that is not the main one any more.
    const hint = account?.uid === signedInUser.uid ? account.email : signedInUser.email;
    return { kind: 'flow', flow: { ...flow, hint } };
  } catch (error) {
    if (error instanceof WebChannelError) return { kind: 'flow', flow };
    return { kind: 'problem', problem: beginningFailure(error) };
  }
}
