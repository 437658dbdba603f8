import fc from 'fast-check';

/** Byte strings of exactly `length` bytes. */
export const bytesOf = (length: number): fc.Arbitrary<Uint8Array<ArrayBuffer>> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => new Uint8Array(bytes));

/** Byte strings of any length up to `maxLength`. */
export const anyBytes = (maxLength = 80): fc.Arbitrary<Uint8Array<ArrayBuffer>> =>
  fc.uint8Array({ maxLength }).map((bytes) => new Uint8Array(bytes));

/** The same bytes with one bit turned over, at a place drawn from the whole length. */
export const flipBit = (bytes: Uint8Array, place: number): Uint8Array<ArrayBuffer> => {
  const flipped = new Uint8Array(bytes);
  const index = Math.floor(place / 8) % flipped.length;
  flipped[index] = (flipped[index] ?? 0) ^ (1 << (place % 8));
  return flipped;
};
