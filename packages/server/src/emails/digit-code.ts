import type { Bytes } from '../storage/index.js';
import { hotp, matchingCounter } from '../tokens/index.js';

const STEP = 600_000;

/**
 * The six digits of a mail: RFC 6238 with SHA-1 and a step of ten minutes, keyed by the link code they stand for
 * (auth-api §5.5). A mail sent again within the step shows the same digits, so the older mail still works.
 */
export function digitCode(key: Bytes, now: number): string {
  return hotp(key, Math.floor(now / STEP));
}

/** Whether digits are those of this step or a neighbour of it. */
export function isDigitCode(key: Bytes, code: string, now: number): boolean {
  return matchingCounter(key, code, Math.floor(now / STEP)) !== undefined;
}
