import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  base64ToBytes,
  base64urlToBytes,
  bytesToBase64,
  bytesToBase64url,
  bytesToCrockford,
  bytesToHex,
  concatBytes,
  crockfordToBytes,
  equalBytes,
  hexToBytes,
  hkdfSha256,
  hmacSha256,
  MalformedError,
  pbkdf2Sha256,
  sha256,
  utf8,
  xorBytes,
} from '../src/index.js';
import { anyBytes, bytesOf, flipBit } from './support/arbitraries.js';
import { withinTimeBudget } from './support/time-budget.js';

describe('every byte string survives its text', () => {
  test.each([
    ['hex', bytesToHex, hexToBytes],
    ['base64', bytesToBase64, base64ToBytes],
    ['base64url', bytesToBase64url, base64urlToBytes],
    ['Crockford base32', bytesToCrockford, crockfordToBytes],
  ])('%s', (_name, encode, decode) => {
    fc.assert(
      fc.property(anyBytes(), (bytes) => {
        expect(decode(encode(bytes))).toEqual(bytes);
      }),
    );
  });
});

describe('a byte string has one spelling only', () => {
  test.each([
    ['base64', base64ToBytes, bytesToBase64, /^[\w+/=]*$/],
    ['base64url', base64urlToBytes, bytesToBase64url, /^[\w-]*$/],
  ])('what %s accepts, it would have written itself', (_name, decode, encode, alphabet) => {
    const near = fc.string({ unit: fc.constantFrom(...'AQgwZz09+/-_= .\n'), maxLength: 9 });
    fc.assert(
      fc.property(near, (text) => {
        const bytes = attempt(() => decode(text));
        if (bytes === undefined) return;
        expect(text).toMatch(alphabet);
        expect(encode(bytes)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['A', 'AAAAA', 'AB', 'AAB', 'AA==', 'AA=', 'A A', 'AA+A', 'AA/A', 'AAé'])(
    'base64url refuses %j',
    (text) => {
      expect(() => base64urlToBytes(text)).toThrow(MalformedError);
    },
  );

  test.each(['AA', 'AAA', 'A===', '====', 'AB==', 'AAB=', 'AA==AA==', 'AA-A', 'AA_A', 'AA=A'])(
    'base64 refuses %j',
    (text) => {
      expect(() => base64ToBytes(text)).toThrow(MalformedError);
    },
  );
});

describe('hex', () => {
  test('reads both letter cases and writes the lower one', () => {
    expect(bytesToHex(hexToBytes('00ff0aFA'))).toBe('00ff0afa');
  });

  test.each(['0', '0g', 'G0', '0x', ' 0', '0\n', '／0', '@0', '`0', ':0'])('refuses %j', (text) => {
    expect(() => hexToBytes(text)).toThrow(MalformedError);
  });
});

describe('RFC 4648 vectors', () => {
  test.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('%j is %j', (text, base64) => {
    expect(bytesToBase64(utf8(text))).toBe(base64);
    expect(bytesToBase64url(utf8(text))).toBe(base64.replaceAll('=', ''));
  });

  test('the two alphabets differ in their last two letters only', () => {
    expect(bytesToBase64(hexToBytes('fbff'))).toBe('+/8=');
    expect(bytesToBase64url(hexToBytes('fbff'))).toBe('-_8');
  });
});

describe('Crockford base32', () => {
  test('reads what people type: letter case, look-alikes, hyphens and blanks', () => {
    expect(crockfordToBytes('ol1i-LOO0 \n')).toEqual(crockfordToBytes('01111000'));
  });

  test.each(['U0', '0U', '!0', '0', '000', '01', 'ı0'])('refuses %j', (text) => {
    expect(() => crockfordToBytes(text)).toThrow(MalformedError);
  });
});

describe('byte operations', () => {
  test('xor undoes itself and refuses unequal lengths', () => {
    fc.assert(
      fc.property(bytesOf(32), bytesOf(32), (left, right) => {
        expect(xorBytes(xorBytes(left, right), right)).toEqual(left);
      }),
    );
    expect(() => xorBytes(new Uint8Array(2), new Uint8Array(3))).toThrow(MalformedError);
    expect(() => xorBytes(new Uint8Array(3), new Uint8Array(2))).toThrow(MalformedError);
  });

  test('equalBytes is true for equal content only', () => {
    fc.assert(
      fc.property(anyBytes(4), anyBytes(4), (left, right) => {
        expect(equalBytes(left, right)).toBe(bytesToHex(left) === bytesToHex(right));
        expect(equalBytes(left, new Uint8Array(left))).toBe(true);
      }),
    );
  });

  test('equalBytes notices one bit at any place', () => {
    fc.assert(
      fc.property(bytesOf(32), fc.nat({ max: 255 }), (bytes, place) => {
        expect(equalBytes(bytes, flipBit(bytes, place))).toBe(false);
      }),
    );
  });

  test('concat keeps order and every byte', () => {
    fc.assert(
      fc.property(fc.array(anyBytes(5), { maxLength: 5 }), (parts) => {
        expect(bytesToHex(concatBytes(...parts))).toBe(parts.map(bytesToHex).join(''));
      }),
    );
  });
});

describe('published digests', () => {
  test('SHA-256 of "abc" (FIPS 180-4)', async () => {
    expect(bytesToHex(await sha256(utf8('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  test('HMAC-SHA256 (RFC 4231 case 2)', async () => {
    expect(bytesToHex(await hmacSha256(utf8('Jefe'), utf8('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  test('HKDF-SHA256 with salt and byte info (RFC 5869 case 1)', async () => {
    const okm = await hkdfSha256(
      new Uint8Array(22).fill(0x0b),
      hexToBytes('f0f1f2f3f4f5f6f7f8f9'),
      42,
      hexToBytes('000102030405060708090a0b0c'),
    );
    expect(bytesToHex(okm)).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
  });

  test('HKDF-SHA256 without salt or info (RFC 5869 case 3); 32 zero bytes are the same salt', async () => {
    const ikm = new Uint8Array(22).fill(0x0b);
    const expected = '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8';
    expect(bytesToHex(await hkdfSha256(ikm, '', 42))).toBe(expected);
    expect(bytesToHex(await hkdfSha256(ikm, '', 42, new Uint8Array(32)))).toBe(expected);
  });

  test('PBKDF2-HMAC-SHA256, also of an empty password', async () => {
    // RFC 7914 §11
    expect(bytesToHex(await pbkdf2Sha256(utf8('passwd'), utf8('salt'), 1, 64))).toBe(
      '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc' +
        '49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783',
    );
    expect(await pbkdf2Sha256(utf8(''), utf8('salt'), 1, 32)).toHaveLength(32);
  });

  // Chromium has no shared memory on a page that is not cross-origin isolated.
  test.skipIf(typeof SharedArrayBuffer === 'undefined')('bytes in shared memory are read like any others', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(3));
    shared.set(utf8('abc'));
    expect(await sha256(shared)).toEqual(await sha256(utf8('abc')));
  });
});

test('decoders take linear time on long texts', () => {
  const size = 400_000;
  expect(withinTimeBudget(() => hexToBytes('a'.repeat(size)))).toHaveLength(size / 2);
  expect(withinTimeBudget(() => base64urlToBytes('A'.repeat(size)))).toHaveLength((size * 3) / 4);
  expect(withinTimeBudget(() => crockfordToBytes('0- '.repeat(size)))).toHaveLength((size * 5) / 8);
});

const attempt = <T>(run: () => T): T | undefined => {
  try {
    return run();
  } catch {
    return undefined;
  }
};
