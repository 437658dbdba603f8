import type { Clock } from '@foxden/auth-client';
import { FxaError } from '../errors/fxa-error.js';

const CAPACITY = 5;
const REFILL_MS = 20_000;

/** Lets five calls through at once and three a minute in the long run (client §6.7). */
export class CircuitBreaker {
  private readonly clock: Clock;
  private left = CAPACITY;
  private refilledAt: number;

  constructor(clock: Clock) {
    this.clock = clock;
    this.refilledAt = clock.now();
  }

  /** @throws FxaError `Other` with `retryAfter` when there were too many calls */
  pass(): void {
    const now = this.clock.now();
    const refills = Math.max(0, Math.floor((now - this.refilledAt) / REFILL_MS));
    this.left = Math.min(CAPACITY, this.left + refills);
    this.refilledAt = this.left === CAPACITY ? now : this.refilledAt + refills * REFILL_MS;
    if (this.left === 0) {
      const retryAfter = Math.ceil((this.refilledAt + REFILL_MS - now) / 1000);
      throw new FxaError('Other', 'Too many checks of the authorization status', { retryAfter });
    }
    this.left -= 1;
  }
}
