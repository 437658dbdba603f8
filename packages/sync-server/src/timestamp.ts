/**
 * Times of Sync are decimal seconds with two places. Inside they are whole centiseconds since the epoch, so that no
 * arithmetic ever rounds one.
 */
export type Centiseconds = number;

/** Larger ones would lose digits as numbers. */
const LONGEST_INTEGER_PART = 12;

/** Seconds with exactly two places, as headers and JSON have them (sync §4.2). */
export function formatTimestamp(time: Centiseconds): string {
  const fraction = String(time % 100).padStart(2, '0');
  return `${Math.floor(time / 100)}.${fraction}`;
}

/**
 * Reads decimal seconds with any number of places, cut to two on the text itself: multiplying the number would lose a
 * step for some values. Undefined for anything else, also when negative.
 */
export function parseTimestamp(text: string): Centiseconds | undefined {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole === undefined || whole.replace(/^0+/, '').length > LONGEST_INTEGER_PART) return undefined;
  return Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
}

/** Milliseconds of a clock, in centiseconds. */
export function centiseconds(milliseconds: number): Centiseconds {
  return Math.floor(milliseconds / 10);
}
