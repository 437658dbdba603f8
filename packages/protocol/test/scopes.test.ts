import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import vectors from '../../../test/fixtures/vectors/scope-implication.json';
import * as protocol from '../src/index.js';
import {
  canonicalScope,
  intersectsScope,
  isScope,
  isScopeValue,
  MalformedError,
  parseScope,
  SCOPE_OLDSYNC,
  SCOPE_PROFILE,
  SCOPE_PROFILE_WRITE,
  scopeImplies,
  scopesImplied,
  scopesNotImplied,
  unionScopes,
} from '../src/index.js';
import { withinTimeBudget } from './support/time-budget.js';

const component = fc.constantFrom('a', 'b', 'ab', 'write');
const shortName = fc.array(component, { minLength: 1, maxLength: 4 }).map((components) => components.join(':'));
const urlValue = fc
  .tuple(
    fc.constantFrom('https://x.org', 'https://x.org:8443', 'https://xx.org'),
    fc.array(component, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '#read', '#write'),
  )
  .map(([origin, segments, fragment]) => `${origin}/${segments.join('/')}${fragment}`);
const scopeValue = fc.oneof(shortName, urlValue).filter(isScopeValue);
const scope = fc.array(scopeValue, { maxLength: 4 }).map((values) => values.join(' '));
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'ab:/#?@+ .%\\"write'), maxLength: 30 }),
  fc.string({ maxLength: 30 }).map((rest) => `https:${rest}`),
  scope,
);

describe('implication', () => {
  test.each(vectors.cases)('$granted implies $required: $implies', ({ granted, required, implies }) => {
    expect(scopeImplies(granted, required)).toBe(implies);
    expect(scopeImplies(parseScope(granted), parseScope(required))).toBe(implies);
  });

  test.each([
    ['https://x.org/a', 'https://x.org/a#write', true],
    ['https://x.org/a', 'https://x.org:8443/a', false],
    ['https://x.org/a', 'https://sub.x.org/a', false],
    ['https://x.org/a', 'https://x.org.evil.com/a', false],
    ['https://x.org/a/b', 'https://x.org/a//b', false],
    ['profile', 'profile:write:email', true],
    ['profile', 'profile:writes', true],
    ['profile:write', 'profiles', false],
    ['profile:write:write', 'profile:write', false],
    ['profile:write', 'profile:write:write', true],
    ['profile', '', true],
    ['', '', true],
    ['', 'profile', false],
  ])('%j implies %j: %s', (granted, required, implies) => {
    expect(scopeImplies(granted, required)).toBe(implies);
  });

  test('a bare "write" is no scope: its empty path would grant every short name', () => {
    expect(isScopeValue('write')).toBe(false);
    expect(scopeImplies('write', 'profile')).toBe(false);
    expect(scopeImplies('write profile', 'profile:write')).toBe(false);
  });

  test('agrees with the rules of the reference, taken literally, on every pair of values', () => {
    fc.assert(
      fc.property(scopeValue, scopeValue, (granted, required) => {
        expect(scopeImplies(granted, required)).toBe(literally(granted, required));
      }),
      { numRuns: 3000 },
    );
  });

  test('a set never grants what none of its members grants', () => {
    fc.assert(
      fc.property(scope, scopeValue, (granted, required) => {
        const byOne = parseScope(granted).some((value) => scopeImplies(value.text, required));
        expect(scopeImplies(granted, required)).toBe(byOne);
      }),
      { numRuns: 2000 },
    );
  });

  test('is a partial order: reflexive, transitive, and both ways between equal values only', () => {
    const names = ['a', 'write', 'a:b', 'a:write', 'write:a', 'a:b:write', 'a:write:b', 'a:write:write', 'ab'];
    const urls = ['/a', '/a/b', '/ab', '//a'].flatMap((path) =>
      ['', '#read', '#write'].map((fragment) => `https://x.org${path}${fragment}`),
    );
    const values = [...names, ...urls, 'https://x.org:8443/a'].filter(isScopeValue);
    expect(values).toHaveLength(21);
    for (const one of values) {
      for (const two of values) {
        const implied = scopeImplies(one, two);
        expect(implied && scopeImplies(two, one)).toBe(one === two);
        if (!implied) continue;
        expect(values.filter((three) => scopeImplies(two, three) && !scopeImplies(one, three))).toEqual([]);
      }
    }
  });

  test('on arbitrary text it answers, never throws, and junk neither grants nor is granted', () => {
    fc.assert(
      fc.property(anyText, anyText, (granted, required) => {
        const implied = scopeImplies(granted, required);
        expect(scopeImplies(`${granted} ???`, required)).toBe(implied);
        expect(scopeImplies(granted, `${required} ???`)).toBe(false);
        if (implied) expect(isScope(required)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the grammars', () => {
  const known = Object.entries(protocol).flatMap(([name, value]) =>
    name.startsWith('SCOPE_') && typeof value === 'string' ? [value] : [],
  );

  test('every well-known scope is valid and stands once', () => {
    expect(known.length).toBeGreaterThan(25);
    expect(known.filter((value) => !isScopeValue(value))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  test.each([
    ['a'],
    ['A_9:b'],
    ['profile:display_name:write'],
    ['https://x.org/a'],
    ['https://x.org:8443/a/b#read'],
    ['https://x.org/a%20b'],
    ['https://127.0.0.1/a'],
  ])('%j is a value', (text) => {
    expect(isScopeValue(text)).toBe(true);
    expect(parseScope(text).map((value) => value.text)).toEqual([text]);
  });

  test('a text of several values, or of none, is not one value', () => {
    expect(isScopeValue('a b')).toBe(false);
    expect(isScopeValue('')).toBe(false);
  });

  test.each([
    ':',
    'a:',
    ':a',
    'a::b',
    'a-b',
    'a.b',
    'é',
    'a\n',
    'write',
    'http://x.org/a',
    'HTTPS://x.org/a',
    'https:',
    'https://',
    'https:x.org/a',
    'https:/x.org/a',
    'https://X.org/a',
    'https://x.org',
    'https://x.org/',
    'https://x.org/a/',
    'https://x.org:443/a',
    'https://u@x.org/a',
    'https://u:p@x.org/a',
    'https://@x.org/a',
    'https://:p@x.org/a',
    'https://x.org/a?',
    'https://x.org/a?b=c',
    'https://x.org/a?#read',
    'https://x.org/a#',
    'https://x.org/a#b-c',
    'https://x.org/a#b#c',
    'https://x.org/a/../b',
    'https://x.org/./a',
    'https://x.org/%2e%2e/a',
    'https://x.org\\a',
    'https://x.org/a\\b',
    'https://x.org/é',
    'https://x.org/a\tb',
    'https://xn--x.org:99999/a',
  ])('%j is none', (text) => {
    expect(isScopeValue(text)).toBe(false);
    expect(() => parseScope(text)).toThrow(MalformedError);
  });

  test('isScope tells whether parseScope accepts', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, splitOnPlus) => {
        const parse = () => parseScope(text, { splitOnPlus });
        if (isScope(text, { splitOnPlus })) parse();
        else expect(parse).toThrow(MalformedError);
      }),
      { numRuns: 2000 },
    );
  });

  test('values keep their order and none stands twice', () => {
    expect(parseScope(' b  a b ').map((value) => value.text)).toEqual(['b', 'a']);
    expect(parseScope('')).toEqual([]);
  });

  test('a plus separates on request only', () => {
    expect(parseScope('a+b c', { splitOnPlus: true }).map((value) => value.text)).toEqual(['a', 'b', 'c']);
    expect(isScope('a+b')).toBe(false);
  });
});

describe('set operations', () => {
  const set = scope.map((text) => parseScope(text));

  test('the implied and the not implied share out the required', () => {
    fc.assert(
      fc.property(set, set, (granted, required) => {
        const implied = scopesImplied(granted, required);
        const missing = scopesNotImplied(granted, required);
        expect(required.filter((value) => implied.includes(value) !== missing.includes(value))).toEqual(required);
        expect(scopeImplies(granted, implied)).toBe(true);
        expect(missing.length === 0).toBe(scopeImplies(granted, required));
      }),
    );
  });

  test('a union grants exactly what either side grants', () => {
    fc.assert(
      fc.property(set, set, scopeValue, (left, right, required) => {
        const either = scopeImplies(left, required) || scopeImplies(right, required);
        expect(scopeImplies(unionScopes(left, right), required)).toBe(either);
      }),
    );
  });

  test('sets intersect, either way round, when a value of one is implied by the other', () => {
    fc.assert(
      fc.property(set, set, (left, right) => {
        const implied = (from: typeof left, by: typeof left) => from.some((value) => scopeImplies(by, value.text));
        expect(intersectsScope(left, right)).toBe(implied(left, right) || implied(right, left));
        expect(intersectsScope(right, left)).toBe(intersectsScope(left, right));
      }),
    );
    expect(intersectsScope(parseScope(SCOPE_PROFILE_WRITE), parseScope(SCOPE_PROFILE))).toBe(true);
    expect(intersectsScope(parseScope(SCOPE_OLDSYNC), parseScope(SCOPE_PROFILE))).toBe(false);
  });

  test('the canonical text grants the same with no value to spare', () => {
    fc.assert(
      fc.property(set, (whole) => {
        const canonical = parseScope(canonicalScope(whole));
        expect(scopeImplies(canonical, whole)).toBe(true);
        expect(scopeImplies(whole, canonical)).toBe(true);
        for (const value of canonical) {
          const others = canonical.filter((other) => other !== value);
          expect(scopeImplies(others, value.text)).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
    expect(canonicalScope(parseScope('profile:email openid profile profile:write email'))).toBe(
      'openid profile:write email',
    );
    expect(canonicalScope(parseScope('https://x.org/a#read https://x.org/a'))).toBe('https://x.org/a');
    expect(canonicalScope(parseScope(''))).toBe('');
  });
});

describe('hostile scope strings take linear time', () => {
  const size = 100_000;

  test.each([
    ['a value of many components', 'a:'.repeat(size)],
    ['a value of many components that is valid', `${'a:'.repeat(size)}a`],
    ['many values', 'a '.repeat(size)],
    ['many separators', ' +'.repeat(size)],
    ['a deep URL', `https://x.org${'/a'.repeat(size)}`],
    ['a URL of dots', `https://x.org${'/..'.repeat(size)}`],
    ['a URL of hashes', `https://x.org/a${'#'.repeat(size)}`],
    ['many different values', Array.from({ length: size / 4 }, (_, index) => `a:${index}`).join(' ')],
  ])('%s', (_name, text) => {
    withinTimeBudget(() => {
      isScope(text, { splitOnPlus: true });
      scopeImplies(text, text);
      scopeImplies('a', text);
      scopeImplies(text, 'a:0');
    });
  });

  test('many granted values against many required ones that none covers', () => {
    const values = (root: string) => Array.from({ length: 20_000 }, (_, index) => `${root}:${index}`).join(' ');
    const [granted, required] = [parseScope(values('a')), parseScope(values('b'))];
    const missing = withinTimeBudget(() => scopesNotImplied(granted, required));
    expect(missing).toHaveLength(20_000);
  });
});

/** The rules of OAuth §1.3 as they are written there, one pair of values at a time. */
const literally = (a: string, b: string): boolean => {
  if (a.startsWith('https://')) {
    if (!b.startsWith('https://')) return false;
    const [left, right] = [new URL(a), new URL(b)];
    return (
      left.origin === right.origin &&
      isPrefix(left.pathname.split('/'), right.pathname.split('/')) &&
      (left.hash === '' || left.hash === right.hash)
    );
  }
  if (b.startsWith('https://')) return false;
  const [left, right] = [a.split(':'), b.split(':')];
  if (right.at(-1) === 'write' && left.at(-1) !== 'write') return false;
  const stem = left.at(-1) === 'write' ? left.slice(0, -1) : left;
  // Without this, `p:write:write` would imply `p:write`, which implies `p`, which `p:write:write` does not.
  const below = right.at(-1) === 'write' ? right.slice(0, -1) : right;
  return isPrefix(stem, below);
};

const isPrefix = (short: readonly string[], long: readonly string[]): boolean =>
  short.every((part, index) => part === long[index]);
