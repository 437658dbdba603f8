import type { Rule } from './rule.js';

const CAPACITY = 10_000;

/**
 * Counters of `report` rules. They only lead to log lines, so they live in memory and are not worth a database write;
 * when there are too many, the oldest are forgotten.
 */
export class ReportCounters {
  readonly #counters = new Map<string, { count: number; endsAt: number }>();

  /** Counts an attempt; true when it is the one that goes over the rule's limit, once in its duration. */
  exceeds(key: string, rule: Rule, now: number): boolean {
    let counter = this.#counters.get(key);
    if (counter === undefined || counter.endsAt <= now) {
      // Put at the end: a Map keeps the order of insertion, so the oldest window is always first.
      this.#counters.delete(key);
      counter = { count: 0, endsAt: now + rule.window };
      this.#counters.set(key, counter);
      this.#forgetOldest();
    }
    counter.count += 1;
    if (counter.count !== rule.attempts + 1) return false;
    counter.endsAt = now + rule.duration;
    return true;
  }

  #forgetOldest(): void {
    const oldest = this.#counters.keys().next();
    if (this.#counters.size > CAPACITY && !oldest.done) this.#counters.delete(oldest.value);
  }
}
