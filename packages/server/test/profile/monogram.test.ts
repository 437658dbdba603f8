import { expect, test } from 'vitest';
import { monogram } from '../../src/profile/monogram.js';

test('draws letters and digits, and a question mark for anything that could be markup', () => {
  expect(monogram('a', { forFirefox: false })).toContain('>A</text>');
  expect(monogram('7', { forFirefox: false })).toContain('>7</text>');
  for (const odd of ['', '<', 'é', 'ab', '"']) expect(monogram(odd, { forFirefox: false })).toContain('>?</text>');
});

test('Firefox gets colours that its themes replace', () => {
  expect(monogram('a', { forFirefox: true })).toContain('context-fill #B2B2B4');
  expect(monogram('a', { forFirefox: false })).not.toContain('context-fill');
});
