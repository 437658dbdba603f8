import type { Message } from '../messages/message.js';
import type { Services } from '../services.js';
import type { Store } from '../store.js';
import { explainFailure, isProven } from './owner.js';

/** What every settings page shows of the work that it does. */
export interface Attempt {
  readonly busy: boolean;
  /** About the field that was filled in. */
  readonly error?: Message | undefined;
  readonly failure?: Message | undefined;
  readonly notice?: Message | undefined;
}

/** Does one thing at a time, and shows what became of it: what the task gives is the news. */
export async function attempt(
  services: Services,
  state: Store<Attempt>,
  task: () => Promise<Message | undefined>,
  /** What a failure means for a field, where it does. */
  errorOf: (error: unknown) => Message | undefined = () => undefined,
): Promise<void> {
  if (state.get().busy) return;
  state.set({ busy: true, error: undefined, failure: undefined, notice: undefined });
  try {
    state.set({ notice: await task(), busy: false });
  } catch (failed) {
    const error = errorOf(failed);
    const told = error === undefined ? { failure: await explainFailure(services, failed) } : { error };
    state.set({ busy: false, ...told });
  }
}

/** Reads what a page shows, once the session is proven. */
export function readOnArrival(services: Services, state: Store<Attempt>, read: () => Promise<void>): void {
  const reading = async (): Promise<void> => {
    try {
      if (await isProven(services)) await read();
    } catch (failed) {
      state.set({ failure: await explainFailure(services, failed) });
    }
  };
  void reading();
}
