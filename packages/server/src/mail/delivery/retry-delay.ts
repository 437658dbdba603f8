const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits after the first, second, … failed attempt; the last one repeats. */
const DELAYS = [10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR] as const;

/** How long after it was written a mail is given up. */
export const GIVE_UP_AFTER = 24 * HOUR;

/**
 * When to try again (milliseconds since the epoch), or undefined to give up.
 * @param attempts how many attempts have failed, from 1
 */
export function nextAttempt(createdAt: number, attempts: number, now: number): number | undefined {
  const at = now + (DELAYS[attempts - 1] ?? DELAYS[DELAYS.length - 1] ?? 2 * HOUR);
  return at > createdAt + GIVE_UP_AFTER ? undefined : at;
}
