import { TurnTimeout } from '../contention.js';

/** Longer than any honest transaction: who waits this long most likely waits for itself. */
const LONGEST_WAIT = 10_000;

/** Whose turn it is to use the one connection: first come, first served. */
export class Turns {
  readonly #longestWait: number;
  readonly #waiting: (() => void)[] = [];
  #taken = false;
  #closed = false;

  /** @param longestWait milliseconds */
  constructor(longestWait = LONGEST_WAIT) {
    this.#longestWait = longestWait;
  }

  /** Nobody has the turn and nobody waits for it. */
  get free(): boolean {
    return !this.#taken;
  }

  /**
   * Resolves when it is the caller's turn, which lasts until `give`.
   * @throws Error after the longest wait, or when closed
   */
  take(): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('The storage is closed.'));
    if (!this.#taken) {
      this.#taken = true;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(timer);
        if (this.#closed) reject(new Error('The storage is closed.'));
        else resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(begin), 1);
        reject(
          new TurnTimeout(
            `A transaction held the database for more than ${this.#longestWait} ms. ` +
              'Inside a transaction, statements must run on the transaction, not on the storage.',
          ),
        );
      }, this.#longestWait);
      this.#waiting.push(begin);
    });
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken = false;
    else next();
  }

  /** Resolves when all who came before are done; who comes or waits after is refused. */
  async close(): Promise<void> {
    await this.take();
    this.#closed = true;
    // The turn is kept, so that `free` stays false; those who wait are told.
    for (const begin of this.#waiting.splice(0)) begin();
  }
}
