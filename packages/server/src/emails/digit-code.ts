import { createHmac } from 'node:crypto';
import type { Bytes } from '../storage/index.js';
import { constantTimeEqual } from '../tokens/index.js';

const STEP = 600_000;

/**
 * The six digits of a mail: RFC 6238 with SHA-1 and a step of ten minutes, keyed by the link code they stand for
 * (auth-api §5.5). A mail sent again within the step shows the same digits, so the older mail still works.
 */
export function digitCode(key: Bytes, now: number): string {
  return codeAt(key, Math.floor(now / STEP));
}

/** Whether digits are those of this step or a neighbour of it. */
export function isDigitCode(key: Bytes, code: string, now: number): boolean {
  const step = Math.floor(now / STEP);
  return [step - 1, step, step + 1]
    .map((candidate) => constantTimeEqual(Buffer.from(codeAt(key, candidate)), Buffer.from(code)))
    .includes(true);
}

function codeAt(key: Bytes, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', key).update(counter).digest();
  // RFC 4226 §5.3: the low four bits of the last byte say where the number stands.
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const value = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}
