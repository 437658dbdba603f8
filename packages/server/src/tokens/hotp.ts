import { createHmac } from 'node:crypto';
import { constantTimeEqual } from './constant-time.js';

/** Six digits for a key and a counter (RFC 4226, SHA-1). */
export function hotp(key: Uint8Array, counter: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac('sha1', key).update(message).digest();
  // §5.3: the low four bits of the last byte say where the number stands.
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const value = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}

/**
 * The counter in a window of one around the given one at which a key makes a code (RFC 6238 §5.2), or undefined when
 * there is none. The newest wins, which makes no difference unless two codes happen to be equal.
 */
export function matchingCounter(key: Uint8Array, code: string, counter: number): number | undefined {
  const given = Buffer.from(code);
  return [counter - 1, counter, counter + 1]
    .filter((near) => constantTimeEqual(Buffer.from(hotp(key, near)), given))
    .at(-1);
}
