import type { BrowserUser } from '@foxden/protocol';
import type { StoredAccount } from '../account/stored-account.js';
import type { Visit } from '../account/visit.js';
import type { Services } from '../services.js';

/** The browser that shows this page waits for somebody to sign in to it. What it does is loaded for it alone. */
export interface BrowserFlow {
  /** Who is signed in to it already: nobody else may sign in from here. */
  readonly user: BrowserUser | undefined;
  /** It cannot do without keys that only the password opens, and this visit does not have. */
  needsPassword(visit: Visit, uid: string): boolean;
  /** It is signed in; nobody waits any more. */
  isDone(): boolean;
  /**
   * Asks the browser, where it wants to be asked this early, whether an address may be linked to it. The person may
   * have to answer it.
   */
  mayContinue(email: string, exists: boolean): Promise<boolean>;
  /** An account was made: there is more to ask. */
  noteNewAccount(uid: string): void;
  /** What this account must still be asked about Sync. */
  syncQuestion(uid: string): SyncQuestion | undefined;
  answerSyncQuestion(uid: string, answer: SyncAnswer): void;
  /**
   * Signs the browser in and shows the page that says so, or what went wrong.
   */
  signIn(services: Services, account: StoredAccount): Promise<void>;
}

export interface SyncQuestion {
  /** What may be chosen; nothing where it is only about whether to sync. */
  readonly engines: readonly string[];
  /** The browser can also be signed in without Sync. */
  readonly mayDecline: boolean;
}

/** Sync with these engines declined, or no Sync. */
export type SyncAnswer = { readonly declined: readonly string[] } | 'no-sync';

/**
 * Whether a browser has opened an address, by the values of `context` that browsers have, also those of long ago
 * (webchannel §9.5).
 */
export function namesBrowser(query: URLSearchParams): boolean {
  return /^fx_|^oauth_webchannel_v1$/.test(query.get('context') ?? '');
}
