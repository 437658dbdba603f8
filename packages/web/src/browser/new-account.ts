const KEY = 'foxden.new-account';

/** Remembers, through reloads of this tab, that an account was made on the way. */
export interface NewAccount {
  is(uid: string): boolean;
  note(uid: string): void;
  forget(): void;
}

export function createNewAccount(storage: Storage): NewAccount {
  return {
    is: (uid) => storage.getItem(KEY) === uid,
    note: (uid) => storage.setItem(KEY, uid),
    forget: () => storage.removeItem(KEY),
  };
}
