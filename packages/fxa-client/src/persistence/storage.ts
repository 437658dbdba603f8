/** Where an account is kept. `save` gets the whole account each time and must replace what was there as a whole. */
export interface AccountStorage {
  /** Undefined when nothing is kept. */
  load(): Promise<string | undefined>;
  save(json: string): Promise<void>;
}

/** Kept as long as the object lives. */
export function memoryStorage(json?: string): AccountStorage {
  let kept = json;
  return {
    load: async () => kept,
    save: async (changed) => {
      kept = changed;
    },
  };
}

/** What of the Web Storage API is used: `localStorage`, `sessionStorage`. */
export interface WebStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** Kept in a page's storage. It holds tokens and keys: every script of the origin can read it. */
export function webStorage(storage: WebStorage, key = 'foxden.account'): AccountStorage {
  return {
    load: async () => storage.getItem(key) ?? undefined,
    save: async (json) => storage.setItem(key, json),
  };
}

/** What of an extension's storage is used: `browser.storage.local` and its siblings. */
export interface ExtensionStorage {
  get(key: string): Promise<Readonly<Record<string, unknown>>>;
  set(items: Record<string, unknown>): Promise<void>;
}

/** Kept in a browser extension's storage. */
export function extensionStorage(storage: ExtensionStorage, key = 'foxden.account'): AccountStorage {
  return {
    async load() {
      const { [key]: json } = await storage.get(key);
      return typeof json === 'string' ? json : undefined;
    },
    save: (json) => storage.set({ [key]: json }),
  };
}
