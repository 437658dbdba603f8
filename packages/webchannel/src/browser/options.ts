import type { BrowserCapabilities, BrowserContext, WebChannelCommand } from '@foxden/protocol';
import type { BrowserAccount, BrowserSync, LastAccount } from './account.js';
import type { BrowserPairing } from './pairing.js';

/** A place of the browser's own that a page may ask to be opened. */
export type BrowserPlace = 'sync-preferences' | 'pair-preferences' | 'firefox-view';

/** What makes a browser: its parts, and how it behaves where browsers differ. */
export interface BrowserOptions {
  /** Root of the accounts server: pages of this origin, and of no other, are heard. */
  readonly accountsUrl: string;
  readonly account: BrowserAccount;
  readonly sync: BrowserSync;
  readonly lastAccount: LastAccount;
  readonly capabilities: BrowserCapabilities;
  /** The `context` parameter of the addresses that this browser opens. */
  readonly context: BrowserContext;
  /** Its OAuth client (hex, 16 digits), where it tells that. */
  readonly clientId?: string | undefined;
  /** Asks the person whether the data of another account may be merged with this one's. */
  readonly confirmMerge: (email: string) => Promise<boolean>;
  /** Opens one of its own places. */
  readonly open: (place: BrowserPlace, entryPoint: string | undefined) => Promise<void>;
  /** Its pairing by that channel, where it has begun one; absent where it never does. */
  readonly pairing?: ((channelId: string) => BrowserPairing | undefined) | undefined;
  /** Commands that it takes without an answer, as mobile browsers do. */
  readonly silent?: readonly WebChannelCommand[] | undefined;
  /**
   * What a `login` means for Sync while the same account is signed in: nothing, as bug 1577690 has it, or, as in
   * Firefox 140 and later, that Sync is turned on where the page names it. It never turns Sync off.
   */
  readonly loginWhileSignedIn?: 'keeps-sync' | 'may-enable-sync' | undefined;
}

/** Who sent a message, and how to answer. */
export interface Sender {
  /** Origin of the document, as the application knows it; never what the message says. */
  readonly origin: string;
  /** The document is in a private window. */
  readonly isPrivate?: boolean | undefined;
  /** Delivers an answer to that document, if it is still there. */
  readonly reply: (envelope: object) => void;
}
