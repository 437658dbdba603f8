import { timingSafeEqual } from 'node:crypto';

/** Whether two secrets are the same bytes, in time that tells nothing but their lengths. The one place that compares secrets. */
export function constantTimeEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
