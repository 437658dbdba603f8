import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDisplaySafe, isEmailAddress, normalizeEmail } from '../src/addresses/index.js';

/** ASCII in full width, where it has one. */
function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (letter) =>
    letter === '@' ? letter : String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0),
  );
}

const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.normalize('NFD'),
  (text) => text.normalize('NFKC'),
  (text) => text.normalize('NFKD'),
  fullWidth,
];

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

describe('normalizeEmail gives one form to', () => {
  test.each([
    ['letter case', 'Anna@Example.ORG', 'anna@example.org'],
    ['letter case where it changes the length', 'STRASSE@example.org', 'straße@example.org'],
    ['a Greek word in capitals', 'ΟΔΟΣ@example.org', 'οδος@example.org'],
    ['an accent in one piece or two', 'ANDR\u00c9@Example.org', 'andre\u0301@example.org'],
    ['full-width letters', 'ａｎｎａ@ｅｘａｍｐｌｅ．ｏｒｇ', 'anna@example.org'],
    ['ligatures', 'ﬁsh@example.org', 'fish@example.org'],
    ['the ideographic full stop', 'anna@例え。jp', 'anna@例え.jp'],
    ['the IDNA spelling of a domain', 'anna@xn--bcher-kva.example', 'anna@BÜCHER.example'],
    ['the IDNA spelling in capitals or full width', 'anna@XN--BCHER-KVA.example', 'anna@ｘｎ－－bcher-kva.example'],
    ['the IDNA spelling of what folds to two letters', 'anna@xn--strae-oqa.example', 'anna@STRASSE.example'],
    ['characters that are not seen', 'an\u200dna\u00ad@example.org', 'anna@example.org'],
  ])('%s', (_, one, other) => {
    expect(isEmailAddress(one)).toBe(true);
    expect(normalizeEmail(one)).toBe(normalizeEmail(other));
  });

  const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !text.includes('@'));
  const address = fc.tuple(part, part).map((halves) => halves.join('@').normalize('NFC'));

  test('every spelling in other case, normalisation or width of whatever text', () => {
    fc.assert(
      fc.property(address, fc.array(fc.constantFrom(...SPELLINGS), { minLength: 1, maxLength: 3 }), (text, changes) => {
        const other = changes.reduce((spelling, change) => change(spelling).normalize('NFC'), text);
        expect(normalizeEmail(other)).toBe(normalizeEmail(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('the Unicode and the IDNA spelling of whatever domain, as the platform converts it', () => {
    const label = fc.stringMatching(/^[a-zà-öø-ÿα-ωа-я一-丿]{1,12}$/u);
    fc.assert(
      fc.property(label, (text) => {
        const ascii = new URL(`https://${text}.example/`).hostname;
        expect(normalizeEmail(`anna@${ascii}`)).toBe(normalizeEmail(`anna@${text}.example`));
      }),
      { numRuns: 1000 },
    );
  });

  test('itself: a form has the same form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(normalizeEmail(normalizeEmail(text))).toBe(normalizeEmail(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('but not two addresses of different letters', () => {
    const different = ['a@example.org', 'á@example.org', 'а@example.org', 'a.@example.org', 'a+b@example.org'];
    expect(new Set(different.map(normalizeEmail)).size).toBe(different.length);
    expect(normalizeEmail('a@xn--not-punycode-!.org')).toBe('a@xn--not-punycode-!.org');
  });
});

test('text for people has no characters that hide or reorder lines', () => {
  expect(isDisplaySafe('Žluťoučký kůň 🐎')).toBe(true);
  for (const code of [0x00, 0x1f, 0x7f, 0x9f, 0x2028, 0x2029, 0xe000, 0xfff9, 0xfffe, 0xd800]) {
    expect(isDisplaySafe(`a${String.fromCharCode(code)}b`)).toBe(false);
  }
});
