import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAgo } from '../../src/attached/ago.js';

const SECOND = 1000;
const DAY = 24 * 3600 * SECOND;

test.each([
  [0, 'now'],
  [SECOND - 1, 'now'],
  [SECOND, '1 second ago'],
  [59 * SECOND, '59 seconds ago'],
  [60 * SECOND, '1 minute ago'],
  [3600 * SECOND - 1, '59 minutes ago'],
  [3600 * SECOND, '1 hour ago'],
  [DAY, 'yesterday'],
  [6 * DAY, '6 days ago'],
  [7 * DAY, 'last week'],
  [30 * DAY, 'last month'],
  [364 * DAY, '12 months ago'],
  [730 * DAY, '2 years ago'],
  [-5 * SECOND, 'now'],
])('%d milliseconds ago: %s', (milliseconds, words) => {
  expect(formatAgo(10 ** 12 - milliseconds, 10 ** 12, 'en')).toBe(words);
});

test.each([
  ['de', 'vorgestern'],
  ['fr;q=0.8, de', 'avant-hier'],
  ['*, en-GB', '2 days ago'],
  ['x-klingon, es', 'anteayer'],
  ['de-de-de', '2 days ago'],
  ['', '2 days ago'],
  [undefined, '2 days ago'],
])('in the language of %j: %s', (language, words) => {
  expect(formatAgo(0, 2 * DAY, language)).toBe(words);
});

test('whatever the language is called, some words come', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{2,3}(-[a-z0-9]{1,9}){0,4}$/)), (language) => {
      expect(formatAgo(0, DAY, language)).not.toBe('');
    }),
    { numRuns: 2000 },
  );
});
