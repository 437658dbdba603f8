/** Most bytes of a command, sealed and encoded (client §7.7). */
export const MAX_PAYLOAD = 16_384;
/** Left for what surrounds the list. */
const OVERHEAD = 1500;

/** Most bytes of the JSON of a list in a command of at most `maxPayload` bytes; below zero when nothing fits. */
export function jsonLimit(maxPayload: number): number {
  return Math.floor(maxPayload / 4) * 3 - OVERHEAD;
}

/** Bytes of a value as JSON. */
export function jsonSize(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

/** How many items from the first on fit into one command (client §7.7). */
export function countThatFit(items: readonly unknown[], maxPayload: number): number {
  const limit = jsonLimit(maxPayload);
  let size = 2;
  let count = 0;
  for (const item of items) {
    size += jsonSize(item) + (count === 0 ? 0 : 1);
    if (size > limit) break;
    count += 1;
  }
  return count;
}
