import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemRandom } from '../../src/system.js';
import { openSealed, type Seal, seal } from '../../src/tokens/index.js';

const SEAL: Seal = {
  secret: new Uint8Array(32).fill(1),
  purpose: 'foxden/test',
  owner: Uint8Array.of(1, 2, 3),
};
const bytes = fc.uint8Array({ maxLength: 200 });

test('what was sealed opens again', () => {
  fc.assert(
    fc.property(bytes, (plaintext) => {
      expect(new Uint8Array(openSealed(SEAL, seal(SEAL, systemRandom, plaintext)))).toEqual(plaintext);
    }),
  );
});

test('the same secret looks different each time', () => {
  const plaintext = new Uint8Array(20);
  expect(seal(SEAL, systemRandom, plaintext)).not.toEqual(seal(SEAL, systemRandom, plaintext));
});

test.each([
  ['another server secret', { secret: new Uint8Array(32).fill(2) }],
  ['another purpose', { purpose: 'foxden/other' }],
  ['another owner', { owner: Uint8Array.of(1, 2, 4) }],
])('does not open with %s', (_name, other) => {
  const sealed = seal(SEAL, systemRandom, new Uint8Array(20));
  expect(() => openSealed({ ...SEAL, ...other }, sealed)).toThrow();
});

test('does not open when a bit of it changed, or an end is missing', () => {
  const sealed = seal(SEAL, systemRandom, new Uint8Array(20));
  fc.assert(
    fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
      const changed = Uint8Array.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => openSealed(SEAL, changed)).toThrow();
    }),
  );
  for (const length of [0, 5, 27, sealed.length - 1]) {
    expect(() => openSealed(SEAL, sealed.subarray(0, length))).toThrow();
  }
});
