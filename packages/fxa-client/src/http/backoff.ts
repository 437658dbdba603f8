import type { Clock } from '@foxden/auth-client';
import { FxaError } from '../errors/fxa-error.js';

const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;

/** Addresses that a server asked to leave alone for a while (client §1.4). Lives as long as the account object. */
export class Backoff {
  private readonly until = new Map<string, number>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** @throws FxaError `Other` with `retryAfter` while the server wants no request at the address */
  check(address: string): void {
    const until = this.until.get(address);
    if (until === undefined) return;
    const left = Math.ceil((until - this.clock.now()) / 1000);
    if (left > 0) throw new FxaError('Other', `The server asked to wait for ${left} s`, { retryAfter: left });
    this.until.delete(address);
  }

  /** Takes note of what a server answered. */
  note(address: string, { status, retryAfter }: FxaError): void {
    if (retryAfter === undefined || (status !== TOO_MANY_REQUESTS && status !== UNAVAILABLE)) return;
    this.until.set(address, this.clock.now() + 1000 * retryAfter);
  }
}
