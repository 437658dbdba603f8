import { expect, test } from 'vitest';
import { retryAfterWords } from '../../src/http/retry-after-words.js';

test.each([
  [1, 'in 1 second'],
  [44, 'in 44 seconds'],
  [60, 'in 1 minute'],
  [61, 'in 2 minutes'],
  [900, 'in 15 minutes'],
  [3600, 'in 1 hour'],
  [86_400, 'in 24 hours'],
])('%i seconds are "%s"', (seconds, words) => {
  expect(retryAfterWords(seconds, undefined)).toBe(words);
});

test.each([
  ['de-AT,en;q=0.5', 'in 15 Minuten'],
  ['he', 'בעוד 15 דקות'],
  ['xx, fr', 'dans 15 minutes'],
  ['tlh', 'in 15 minutes'],
  ['a-b-c-d-e, de', 'in 15 Minuten'],
  [';;,,q=', 'in 15 minutes'],
])('in the language of %j', (acceptLanguage, words) => {
  expect(retryAfterWords(900, acceptLanguage)).toBe(words);
});
