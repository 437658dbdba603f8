import type { Navigation, Place, PlaceState } from '../../src/routing/navigation.js';

/** A history in memory that tells where it is and what was left for. */
export interface TestNavigation extends Navigation {
  /** Path and state of the entries, oldest first. */
  readonly entries: { path: string; state: PlaceState }[];
  /** URLs that the pages were left for. */
  readonly left: string[];
  back(): void;
}

export function testNavigation(url = '/', state: PlaceState = {}): TestNavigation {
  const { pathname, search, searchParams, hash } = new URL(url, 'https://accounts.example.org');
  let fragment = hash.slice(1);
  const entries = [{ path: pathname, state }];
  const left: string[] = [];
  const listeners = new Set<() => void>();
  let arrival = 0;
  const arrive = () => {
    arrival += 1;
    for (const listener of [...listeners]) listener();
  };
  const top = () => entries.at(-1) ?? { path: '/', state: {} };
  return {
    entries,
    left,
    here: (): Place => ({ ...top(), query: new URLSearchParams(searchParams), arrival }),
    go(path, newState = {}, { replace = false } = {}) {
      if (replace) entries.pop();
      entries.push({ path, state: newState });
      arrive();
    },
    remember(more) {
      top().state = { ...top().state, ...more };
    },
    takeFragment() {
      const taken = fragment;
      fragment = '';
      return taken;
    },
    href: (path, query = search) => `${path}${query}`,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    leave: (to) => left.push(to),
    reload: () => left.push('reload'),
    back() {
      entries.pop();
      arrive();
    },
  };
}
