import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { qrCode } from '../../src/settings/qr-code.js';

it('draws every dark module as a square of one unit, and nothing else', () => {
  const text = 'otpauth://totp/Foxden:rosa%40example.org?secret=ABCDEFGHIJKLMNOP&issuer=Foxden';
  const { size, path } = qrCode(text);
  const { data } = encode(text, { ecc: 'M', border: 2 });
  const squares = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x},${y}`);
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x},${y}`] : [])));
  expect(path.replaceAll(/M\d+ \d+h1v1h-1z/g, '')).toBe('');
  expect(squares).toEqual(dark);
  expect(size).toBe(data.length);
  expect(squares).not.toContain('0,0');
});
