/** Work that is done again and again until it is stopped, never twice at the same time. */
export interface Loop {
  start(): void;
  /** Does the work soon; a call during the work makes it run once more. */
  wake(): void;
  /** Resolves when work in hand is done; none begins after it. */
  stop(): Promise<void>;
}

/**
 * Runs work when woken and after the pause (milliseconds) that the work itself names.
 * @param work never rejects
 */
export function createLoop(work: () => Promise<number>): Loop {
  let state: 'stopped' | 'waiting' | 'working' = 'stopped';
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let inHand: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    let pause: number;
    do {
      again = false;
      pause = await work();
    } while (again && state === 'working');
    if (state === 'working') wait(pause);
  };
  const begin = (): void => {
    state = 'working';
    inHand = run();
  };
  const wait = (pause: number): void => {
    state = 'waiting';
    timer = setTimeout(begin, pause);
    timer.unref();
  };

  return {
    start() {
      if (state === 'stopped') wait(0);
    },
    wake() {
      if (state === 'working') again = true;
      if (state !== 'waiting') return;
      clearTimeout(timer);
      wait(0);
    },
    async stop() {
      clearTimeout(timer);
      state = 'stopped';
      await inHand;
    },
  };
}
