/** A promise that is settled from outside, once. Nobody has to look at its rejection. */
export class Deferred<T> {
  readonly promise: Promise<T>;
  private settle: { readonly resolve: (value: T) => void; readonly reject: (error: Error) => void } | undefined;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    this.promise.catch(() => undefined);
  }

  resolve(value: T): void {
    this.settle?.resolve(value);
  }

  reject(error: Error): void {
    this.settle?.reject(error);
  }
}
