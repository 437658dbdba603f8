/** A request that waits for the test to answer it. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
  answer(response: Response): void;
  fail(error: unknown): void;
}

/** A fetch whose requests the test answers one by one. */
export interface Exchange {
  readonly fetch: typeof fetch;
  /** The next request, as soon as there is one. */
  next(): Promise<Asked>;
  /** Requests that nobody asked for yet. */
  readonly waiting: readonly Asked[];
}

export function createExchange(): Exchange {
  const queue = createQueue<Asked>();
  return {
    fetch: (input, init = {}) =>
      new Promise<Response>((answer, fail) => {
        init.signal?.addEventListener('abort', () => fail(new Error('aborted')));
        queue.put({
          method: init.method ?? 'GET',
          url: new URL(String(input)),
          headers: new Headers(init.headers),
          body: JSON.parse(typeof init.body === 'string' ? init.body : '{}') as Asked['body'],
          answer,
          fail,
        });
      }),
    next: queue.take,
    waiting: queue.items,
  };
}

export interface Queue<T> {
  readonly items: readonly T[];
  put(item: T): void;
  take(): Promise<T>;
  /** The first item, which stays. */
  peek(): Promise<T>;
}

export function createQueue<T>(): Queue<T> {
  const items: T[] = [];
  let wake: () => void = () => undefined;
  const peek = async (): Promise<T> => {
    for (;;) {
      const [first] = items;
      if (first !== undefined) return first;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    items,
    put(item) {
      items.push(item);
      wake();
    },
    peek,
    async take() {
      const item = await peek();
      items.shift();
      return item;
    },
  };
}
