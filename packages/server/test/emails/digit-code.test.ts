import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digitCode, isDigitCode } from '../../src/emails/digit-code.js';

const STEP = 600_000;
const KEY = new Uint8Array(16).fill(9);

test('is RFC 6238 with SHA-1 and six digits, its step ten minutes', () => {
  // RFC 6238 appendix B: the key "12345678901234567890" at counter 1 gives 94287082, of which the last six digits count.
  expect(digitCode(Buffer.from('12345678901234567890'), STEP)).toBe('287082');
});

test('is accepted in its own step and its neighbours, and in no other', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.integer({ min: 2, max: 1e7 }),
      fc.integer({ min: 0, max: STEP - 1 }),
      (key, step, within) => {
        const code = digitCode(key, step * STEP + within);
        expect(code).toMatch(/^[0-9]{6}$/);
        for (const near of [-1, 0, 1]) expect(isDigitCode(key, code, (step + near) * STEP)).toBe(true);
      },
    ),
  );
  const code = digitCode(KEY, 5 * STEP);
  expect(isDigitCode(KEY, code, 7 * STEP - 1)).toBe(true);
  expect(isDigitCode(KEY, code, 7 * STEP)).toBe(false);
  expect(isDigitCode(KEY, code, 4 * STEP)).toBe(true);
  expect(isDigitCode(KEY, code, 4 * STEP - 1)).toBe(false);
});

test('digits of another length are wrong, not an error', () => {
  expect(isDigitCode(KEY, '1', STEP)).toBe(false);
  expect(isDigitCode(KEY, '1234567', STEP)).toBe(false);
  expect(isDigitCode(KEY, '', STEP)).toBe(false);
});
