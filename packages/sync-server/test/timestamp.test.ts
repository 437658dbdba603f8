import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTimestamp, parseTimestamp } from '../src/timestamp.js';

describe('timestamps', () => {
  test('every time comes back from its text, which always has two places', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000_000 }), (time) => {
        const text = formatTimestamp(time);
        expect(text).toMatch(/^\d+\.\d\d$/);
        expect(parseTimestamp(text)).toBe(time);
        // What JavaScript makes of the number, as Firefox sends it.
        expect(parseTimestamp(String(Number(text)))).toBe(time);
      }),
    );
  });

  test.each([
    ['1388635807', 138863580700],
    ['1388635807.4', 138863580740],
    ['1388635807.41', 138863580741],
    ['1388635807.419', 138863580741],
    ['8.29', 829],
    ['0', 0],
    ['0.00', 0],
  ])('%s is %d centiseconds', (text, time) => {
    expect(parseTimestamp(text)).toBe(time);
  });

  test.each(['', '-1', '-0', 'NaN', 'Infinity', '1e3', '1,5', ' 1', '1\n', '.5', '0x10', '9'.repeat(13)])(
    '%j is none',
    (text) => {
      expect(parseTimestamp(text)).toBeUndefined();
    },
  );
});
