import { type Bytes, concatBytes } from '@foxden/protocol';
import { TlsError } from './alert.js';

/** Reads the structures of RFC 8446 §3 from the front of some bytes. */
export class Reader {
  private readonly bytes: Uint8Array;
  private offset = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get isDone(): boolean {
    return this.offset === this.bytes.length;
  }

  /** @throws TlsError `decode_error` when fewer are left */
  take(length: number): Uint8Array {
    const end = this.offset + length;
    if (end > this.bytes.length) throw new TlsError('decode_error');
    const part = this.bytes.subarray(this.offset, end);
    this.offset = end;
    return part;
  }

  /** A big-endian number of 1 to 3 bytes. */
  number(size: 1 | 2 | 3): number {
    return this.take(size).reduce((value, byte) => value * 256 + byte, 0);
  }

  /** A vector whose length is written in `size` bytes before it. */
  vector(size: 1 | 2 | 3): Uint8Array {
    return this.take(this.number(size));
  }

  /** @throws TlsError `decode_error` when something is left */
  end(): void {
    if (!this.isDone) throw new TlsError('decode_error');
  }
}

/** A big-endian number of 1 to 3 bytes. */
export function number(size: 1 | 2 | 3, value: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => (value >> (8 * (size - 1 - index))) & 0xff);
}

/** A vector, after its length in `size` bytes. */
export function vector(size: 1 | 2 | 3, ...parts: readonly Uint8Array[]): Bytes {
  const content = concatBytes(...parts);
  return concatBytes(number(size, content.length), content);
}
