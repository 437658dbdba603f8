import fc from 'fast-check';
import { Secret } from 'otpauth';
import { expect, test } from 'vitest';
import { base32 } from '../../src/mfa/base32.js';

test('gives the values of RFC 4648 §10, without their padding', () => {
  const words = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'];
  expect(words.map((word) => base32(Buffer.from(word)))).toEqual([
    '',
    'MY',
    'MZXQ',
    'MZXW6',
    'MZXW6YQ',
    'MZXW6YTB',
    'MZXW6YTBOI',
  ]);
});

test('an independent authenticator reads every secret back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (secret) => {
      expect(Secret.fromBase32(base32(secret)).bytes).toEqual(secret);
    }),
  );
});
