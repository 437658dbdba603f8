import { useEffect, useMemo } from 'preact/hooks';
import { type Services, useServices } from '../services.js';
import type { Store } from '../store.js';
import { useStore } from './use-store.js';

/** What every page's model has: what is shown, and maybe something to do on arrival. */
export interface Model<S> {
  readonly state: Store<S>;
  /** Runs once the page is shown; what it gives back runs when the page goes. */
  start?(): (() => void) | undefined;
}

type StateOf<M> = M extends Model<infer S> ? S : never;

/** The model of a page, made once for each arrival, with what it shows now. */
export function useModel<M extends Model<unknown>>(create: (services: Services) => M): readonly [M, StateOf<M>] {
  const services = useServices();
  const model = useMemo(() => create(services), [services, create]);
  useEffect(() => model.start?.(), [model]);
  return [model, useStore(model.state) as StateOf<M>];
}
