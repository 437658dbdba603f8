import { MalformedError } from './errors.js';

/** Bytes that WebCrypto accepts: never backed by shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A source of `length` unpredictable bytes, handed in so that tests can hold it still. */
export type Random = (length: number) => Uint8Array;

/** The same bytes in memory that WebCrypto accepts; copies only what is not. */
export function ownBytes(bytes: Uint8Array): Bytes {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Bytes) : new Uint8Array(bytes);
}

/**
 * Checks a length and hands the bytes on.
 * @throws MalformedError when there are more or fewer than `length`; `what` names them, never shows them
 */
export function exactBytes(bytes: Uint8Array, length: number, what: string): Uint8Array {
  if (bytes.length !== length) throw new MalformedError(`${what} must be ${length} bytes, got ${bytes.length}`);
  return bytes;
}

/** UTF-8 of a text; a lone surrogate becomes U+FFFD. */
export function utf8(text: string): Bytes {
  return ownBytes(new TextEncoder().encode(text));
}

/**
 * The text that valid UTF-8 stands for.
 * @throws MalformedError when the bytes are not UTF-8
 */
export function utf8Text(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new MalformedError('not UTF-8', { cause });
  }
}

/** All parts in order, in one new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/**
 * Byte-wise exclusive or.
 * @throws MalformedError when the lengths differ
 */
export function xorBytes(left: Uint8Array, right: Uint8Array): Bytes {
  exactBytes(right, left.length, 'the right side of xor');
  return new Uint8Array(left).map((byte, index) => byte ^ (right[index] ?? 0));
}

/** Whether two byte strings are the same, in a time that depends on their lengths only. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index += 1) difference |= (left[index] ?? 0) ^ (right[index] ?? 0);
  return difference === 0;
}
