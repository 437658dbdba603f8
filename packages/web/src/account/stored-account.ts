/** The account that this browser is signed in to. */
export interface StoredAccount {
  /** hex, 32 digits */
  readonly uid: string;
  readonly email: string;
  /** hex, 64 digits */
  readonly sessionToken: string;
  /** When the password was last proved, in seconds since the epoch. */
  readonly authAt: number;
}

export interface AccountStore {
  get(): StoredAccount | undefined;
  set(account: StoredAccount | undefined): void;
  /** Tells when this or another tab signs in or out. */
  subscribe(listener: () => void): () => void;
}

const KEY = 'foxden.account';

/** The account in the origin's storage, shared by all tabs. Keys and passwords are never put here. */
export function createAccountStore(storage: Storage, events: EventTarget): AccountStore {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  events.addEventListener('storage', (event) => {
    const { key } = event as StorageEvent;
    if (key === KEY || key === null) tell();
  });
  return {
    get: () => parse(storage.getItem(KEY)),
    set(account) {
      if (account === undefined) storage.removeItem(KEY);
      else storage.setItem(KEY, JSON.stringify(account));
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function parse(text: string | null): StoredAccount | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isAccount(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isAccount(value: unknown): value is StoredAccount {
  const { uid, email, sessionToken, authAt } = (value ?? {}) as Partial<Record<keyof StoredAccount, unknown>>;
  return isHex(uid, 32) && typeof email === 'string' && isHex(sessionToken, 64) && typeof authAt === 'number';
}

const isHex = (value: unknown, digits: number): boolean =>
  typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value);
