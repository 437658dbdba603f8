import type { Bytes } from './bytes.js';
import { MalformedError } from './errors.js';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const base64Alphabet = `${letters}+/`;
const base64urlAlphabet = `${letters}-_`;

/** Base64 of RFC 4648 §4, padded with `=`. */
export function bytesToBase64(bytes: Uint8Array): string {
  const text = encode(bytes, base64Alphabet);
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** Base64url of RFC 4648 §5 without padding, as JOSE has it. */
export function bytesToBase64url(bytes: Uint8Array): string {
  return encode(bytes, base64urlAlphabet);
}

/**
 * The bytes of a padded base64 text.
 * @throws MalformedError on a foreign character, missing padding, or spare bits that are not zero
 */
export function base64ToBytes(text: string): Bytes {
  if (text.length % 4 !== 0) throw new MalformedError('base64 must be padded to a multiple of four characters');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return decode(text.slice(0, text.length - padding), '+', '/');
}

/**
 * The bytes of a base64url text without padding.
 * @throws MalformedError on a foreign character (also `=`), an impossible length, or spare bits that are not zero
 */
export function base64urlToBytes(text: string): Bytes {
  return decode(text, '-', '_');
}

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += alphabet[(held >> bits) & 63];
    }
  }
  return bits > 0 ? text + alphabet[(held << (6 - bits)) & 63] : text;
}

function decode(text: string, plus: string, slash: string): Bytes {
  if (text.length % 4 === 1) throw new MalformedError('base64 of an impossible length');
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  const codes = { plus: plus.charCodeAt(0), slash: slash.charCodeAt(0) };
  let offset = 0;
  let bits = 0;
  let held = 0;
  for (let index = 0; index < text.length; index += 1) {
    held = ((held << 6) | sextet(text.charCodeAt(index), codes)) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[offset] = held >> bits;
      offset += 1;
    }
  }
  // Spare bits must be zero (RFC 4648 §3.5), so that every byte string has one spelling.
  if ((held & ((1 << bits) - 1)) !== 0) throw new MalformedError('base64 with spare bits that are not zero');
  return bytes;
}

function sextet(code: number, codes: { plus: number; slash: number }): number {
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61 + 26;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 52;
  if (code === codes.plus) return 62;
  if (code === codes.slash) return 63;
  throw new MalformedError('not a base64 character');
}
