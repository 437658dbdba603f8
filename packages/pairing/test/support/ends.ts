import type { ChannelListener, PairingError, RemoteMetadata } from '../../src/index.js';

/** Something that is waited for: it may have happened already. */
export class Inbox<T> {
  readonly all: T[] = [];
  private readonly waiting: { readonly matches: (item: T) => boolean; readonly resolve: (item: T) => void }[] = [];

  put(item: T): void {
    this.all.push(item);
    for (const one of [...this.waiting]) {
      if (!one.matches(item)) continue;
      this.waiting.splice(this.waiting.indexOf(one), 1);
      one.resolve(item);
    }
  }

  /** The first that matches. */
  first(matches: (item: T) => boolean): Promise<T> {
    const known = this.all.filter(matches);
    if (known.length > 0) return Promise.resolve(known[0] as T);
    return new Promise((resolve) => this.waiting.push({ matches, resolve }));
  }
}

export interface Heard {
  readonly content: unknown;
  readonly sender: RemoteMetadata;
}

/** A listener that keeps what it is told. */
export class KeepingListener implements ChannelListener {
  readonly heard = new Inbox<Heard>();
  readonly ends = new Inbox<PairingError | undefined>();
  readonly onMessage = (content: unknown, sender: RemoteMetadata) => this.heard.put({ content, sender });
  readonly onEnd = (error: PairingError | undefined) => this.ends.put(error);

  /** What was heard, when as many messages have come. */
  async contents(count: number): Promise<readonly unknown[]> {
    await this.heard.first(() => this.heard.all.length >= count);
    return this.heard.all.map(({ content }) => content);
  }

  /** Why it ended: the kind of the error, or `orderly`. */
  async end(): Promise<string> {
    const error = await this.ends.first(() => true);
    return error?.kind ?? 'orderly';
  }
}

/** A clock that stands still until it is moved. */
export class ManualTimers {
  private now = 0;
  private readonly timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  readonly after = (milliseconds: number, callback: () => void): (() => void) => {
    const timer = { at: this.now + milliseconds, callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  };

  get pending(): number {
    return this.timers.size;
  }

  advance(milliseconds: number): void {
    this.now += milliseconds;
    for (const timer of [...this.timers]) {
      if (timer.at > this.now) continue;
      this.timers.delete(timer);
      timer.callback();
    }
  }
}
