const LARGEST = 5_000;

/** Remembers what a function made of the last texts that it could make something of. */
export class TokenCache<T> {
  readonly #open: (text: string) => T | undefined;
  readonly #known = new Map<string, T>();

  constructor(open: (text: string) => T | undefined) {
    this.#open = open;
  }

  get(text: string): T | undefined {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const opened = this.#open(text);
    if (opened !== undefined) {
      if (this.#known.size >= LARGEST) this.#dropOldest();
      this.#known.set(text, opened);
    }
    return opened;
  }

  #dropOldest(): void {
    // A Map iterates in order of insertion.
    const { value } = this.#known.keys().next();
    if (value !== undefined) this.#known.delete(value);
  }
}
