import type { Bytes } from './bytes.js';
import { MalformedError } from './errors.js';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Crockford base32 in upper case, most significant bits first, no check symbol. */
export function bytesToCrockford(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0x1fff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(held >> bits) & 31];
    }
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text;
}

/**
 * The bytes of a Crockford base32 text as a person may type it: either case, `O` for 0, `I` and `L` for 1,
 * hyphens and white space anywhere.
 * @throws MalformedError on any other character, an impossible length, or spare bits that are not zero
 */
export function crockfordToBytes(text: string): Bytes {
  // Only ASCII letters change case: upper-casing the whole text would turn a dotless i into I.
  const symbols = text
    .replace(/[\s-]/g, '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const bytes = new Uint8Array(Math.floor((symbols.length * 5) / 8));
  let offset = 0;
  let bits = 0;
  let held = 0;
  for (const symbol of symbols) {
    const value = alphabet.indexOf(symbol);
    if (value < 0) throw new MalformedError('not a Crockford base32 symbol');
    held = ((held << 5) | value) & 0x1fff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[offset] = held >> bits;
      offset += 1;
    }
  }
  if (bits >= 5) throw new MalformedError('Crockford base32 of an impossible length');
  if ((held & ((1 << bits) - 1)) !== 0) throw new MalformedError('Crockford base32 with spare bits that are not zero');
  return bytes;
}
