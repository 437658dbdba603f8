import { useEffect, useState } from 'preact/hooks';
import type { Store } from '../store.js';

/** The value of a store; the component is drawn again when it changes. */
export function useStore<S>(store: Store<S>): S {
  const [state, setState] = useState(store.get());
  useEffect(() => {
    setState(store.get());
    return store.subscribe(() => setState(store.get()));
  }, [store]);
  return state;
}
