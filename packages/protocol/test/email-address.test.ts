import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDisplaySafe, isEmailAddress, normalizeEmail } from '../src/addresses/index.js';

describe('isEmailAddress', () => {
  test.each([
    'a@example.com',
    'first.last+tag@mail.example.co.uk',
    "!#$%&'*+/=?^_`{|}~-@example.com",
    'andré@example.org',
    '用户@例え.jp',
    `${'a'.repeat(64)}@example.com`,
  ])('%s is one', (address) => {
    expect(isEmailAddress(address)).toBe(true);
  });

  test.each([
    '',
    'a',
    '@example.com',
    'a@',
    'a@localhost',
    'a@b@example.com',
    'a b@example.com',
    'a\u00a0b@example.com',
    'a@exa mple.com',
    'a@-example.com',
    'a@example-.com',
    'a@example..com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(250)}.com`,
    'a\u0000@example.com',
    'a\u2028@example.com',
    '\ud800@example.com',
    'é"@example.com',
    'a@exämple.com/path.org',
    'a@exämple.com:80',
  ])('%j is none', (address) => {
    expect(isEmailAddress(address)).toBe(false);
  });

  test('any text gets an answer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(typeof isEmailAddress(`${text}@${text}.com`)).toBe('boolean');
      }),
    );
  });
});

test('addresses that differ in letter case or in the composition of an accent are one', () => {
  expect(normalizeEmail('ANDR\u00c9@Example.org')).toBe(normalizeEmail('andre\u0301@example.org'));
  fc.assert(fc.property(fc.string(), (text) => normalizeEmail(normalizeEmail(text)) === normalizeEmail(text)));
});

test('text for people has no characters that hide or reorder lines', () => {
  expect(isDisplaySafe('Žluťoučký kůň 🐎')).toBe(true);
  for (const code of [0x00, 0x1f, 0x7f, 0x9f, 0x2028, 0x2029, 0xe000, 0xfff9, 0xfffe, 0xd800]) {
    expect(isDisplaySafe(`a${String.fromCharCode(code)}b`)).toBe(false);
  }
});
