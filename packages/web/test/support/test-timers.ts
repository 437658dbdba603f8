import type { After } from '../../src/timers.js';

/** Timers that wait until the test lets time pass. */
export interface TestTimers {
  readonly after: After;
  /** How long each waits that was neither called nor taken back, in milliseconds. */
  readonly waiting: () => number[];
  /** Calls all that wait. */
  run(): void;
}

export function testTimers(): TestTimers {
  const timers = new Set<{ readonly milliseconds: number; readonly callback: () => void }>();
  return {
    after(milliseconds, callback) {
      const timer = { milliseconds, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    waiting: () => [...timers].map(({ milliseconds }) => milliseconds),
    run() {
      const due = [...timers];
      timers.clear();
      for (const { callback } of due) callback();
    },
  };
}
