/** Calls back after some milliseconds; gives what takes that back. */
export type After = (milliseconds: number, callback: () => void) => () => void;

export function createAfter(window: Window): After {
  return (milliseconds, callback) => {
    const timer = window.setTimeout(callback, milliseconds);
    return () => window.clearTimeout(timer);
  };
}
