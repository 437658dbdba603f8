import type { Clock, Random } from '../../context.js';

/**
 * Makes ids (bytes, 16) that sort by creation: 48 bits of milliseconds, 16 bits that count within one, 64 random bits.
 * Two processes may interleave within a millisecond.
 */
export function mailIds(clock: Clock, random: Random): () => Uint8Array<ArrayBuffer> {
  let last = 0;
  let count = 0;
  return () => {
    const now = clock.now();
    if (now > last) {
      last = now;
      count = 0;
    } else {
      count += 1;
      if (count > 0xffff) {
        last += 1;
        count = 0;
      }
    }
    const id = new Uint8Array(16);
    const view = new DataView(id.buffer);
    view.setUint32(0, Math.floor(last / 0x10000));
    view.setUint16(4, last % 0x10000);
    view.setUint16(6, count);
    id.set(random.bytes(8), 8);
    return id;
  };
}
