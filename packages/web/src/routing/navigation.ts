import type { Message } from '../messages/message.js';
import type { PairingOutcome } from '../pairing/outcome.js';
import type { Reset } from '../reset/reset.js';

/** What a history entry remembers beside its address: it survives reload, back and forward, and no server sees it. */
export interface PlaceState {
  /** Which page, where the path alone does not say. */
  readonly page?: 'email' | 'choose-sync' | 'consent' | 'finish';
  /** The address that was entered one step before. */
  readonly email?: string;
  /** A code is on its way, so arriving here need not send one. */
  readonly codeSent?: boolean;
  /** How far the reset of a password is. What opens data is not in it. */
  readonly reset?: Reset;
  /** How the sign-in to the browser ended. */
  readonly outcome?: 'syncing' | 'not-syncing' | 'signed-in';
  /** The address came with a code that was scanned, which is in it no more. */
  readonly scanned?: boolean;
  /** How a pairing ended. */
  readonly pairing?: PairingOutcome;
  /** What to tell on arrival. */
  readonly notice?: Message;
}

export interface Place {
  /** Path below the base of the pages, with its leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly state: PlaceState;
  /** Another number for every arrival, so that a page is built anew. */
  readonly arrival: number;
}

export interface GoOptions {
  /** The entry that is left is not to be come back to. */
  readonly replace?: boolean;
}

export interface Navigation {
  here(): Place;
  go(path: string, state?: PlaceState, options?: GoOptions): void;
  /** Adds to what this place remembers, for whoever comes back to it. */
  remember(state: PlaceState): void;
  /** The fragment of the address, without its `#`, which then is in no address any more. */
  takeFragment(): string;
  /** The address of a path of ours, with the query of the flow unless another is given. */
  href(path: string, query?: string): string;
  subscribe(listener: () => void): () => void;
  /** Leaves the pages for another URL, replacing nothing. */
  leave(url: string): void;
  reload(): void;
}

/** Navigation over the window's history, for pages below the document's base. */
export function createNavigation(window: Window & typeof globalThis): Navigation {
  const base = new URL(window.document.baseURI).pathname.replace(/\/$/, '');
  const listeners = new Set<() => void>();
  let arrival = 0;
  const arrive = () => {
    arrival += 1;
    for (const listener of [...listeners]) listener();
  };
  const href = (path: string, query = window.location.search) => `${base}${path}${query}`;
  window.addEventListener('popstate', arrive);
  // A page that comes back from the back/forward cache still shows the work it had begun.
  window.addEventListener('pageshow', ({ persisted }) => persisted && window.location.reload());
  return {
    here() {
      const { pathname, search } = window.location;
      const path = (pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname).replace(/(?<=.)\/+$/, '');
      const state = (window.history.state ?? {}) as PlaceState;
      return { path, query: new URLSearchParams(search), state, arrival };
    },
    go(path, state = {}, { replace = false } = {}) {
      const method = replace ? 'replaceState' : 'pushState';
      window.history[method](state, '', href(path));
      window.scrollTo(0, 0);
      arrive();
    },
    remember(state) {
      window.history.replaceState({ ...window.history.state, ...state }, '');
    },
    takeFragment() {
      const { hash, pathname, search } = window.location;
      if (hash !== '') window.history.replaceState(window.history.state, '', pathname + search);
      return hash.slice(1);
    },
    href,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    leave: (url) => window.location.assign(url),
    reload: () => window.location.reload(),
  };
}
