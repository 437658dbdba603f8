import type { Bytes } from './bytes.js';
import { MalformedError } from './errors.js';

/** Lower-case hex, two digits a byte. */
export function bytesToHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += (byte < 16 ? '0' : '') + byte.toString(16);
  return hex;
}

/**
 * The bytes of a hex text, digits of either case.
 * @throws MalformedError on an odd length or a character that is not a hex digit
 */
export function hexToBytes(hex: string): Bytes {
  if (hex.length % 2 !== 0) throw new MalformedError('hex must have an even number of digits');
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = (digit(hex.charCodeAt(2 * index)) << 4) | digit(hex.charCodeAt(2 * index + 1));
  }
  return bytes;
}

/**
 * The bytes of a hex text of exactly `length` bytes; `what` names it in the error.
 * @throws MalformedError on another length or a character that is not a hex digit
 */
export function exactHex(hex: string, length: number, what: string): Bytes {
  if (typeof hex !== 'string' || hex.length !== 2 * length) {
    throw new MalformedError(`${what} must be ${2 * length} hex digits`);
  }
  return hexToBytes(hex);
}

function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  if (lower >= 0x61 && lower <= 0x66) return lower - 0x57;
  throw new MalformedError('not a hex digit');
}
