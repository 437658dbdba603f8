import type { Supplicant } from '@foxden/pairing';
import { PAIRING_AUTHORITY_REDIRECT_URI } from '@foxden/protocol';
import type { PageChannel } from '@foxden/webchannel';
import type { Place } from '../routing/navigation.js';
import type { Store } from '../store.js';

/** The side of a pairing that this page is for. What it does is loaded for it alone. */
export type PairingFlow = AuthorityFlow | SupplicantFlow;

/** The browser around the page lets another device join, once the person has agreed here (webchannel §7). */
export interface AuthorityFlow {
  readonly side: 'authority';
  readonly channel: PageChannel;
  /** Names the pairing towards the browser. */
  readonly channelId: string;
  /** What signs in on the other device. */
  readonly application: string;
}

/** An application on this device joins by the code that the other one shows (oauth-devices §6.4). */
export interface SupplicantFlow {
  readonly side: 'supplicant';
  readonly application: string;
  /** Where it stands. */
  readonly at: Store<{ readonly state: Supplicant['state'] }>;
  approve(): void;
  cancel(): void;
  /** The application has an address of its own, to which the code leads; else it is the browser around this page. */
  readonly elsewhere: boolean;
  /** The URL that tells an application elsewhere that it gets no code, if it wants to know. */
  readonly refusalUrl: string | undefined;
}

/** Which side an address is for: other devices open a path of their own, browsers name theirs as if it were an address. */
export function pairingSide({ path, query }: Pick<Place, 'path' | 'query'>): PairingFlow['side'] | undefined {
  if (path.startsWith('/pair/supp')) return 'supplicant';
  return query.get('redirect_uri') === PAIRING_AUTHORITY_REDIRECT_URI ? 'authority' : undefined;
}
