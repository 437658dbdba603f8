import type { StoredAccount } from './stored-account.js';

/** What settings have changed of an account, after the server took it. */
export type AccountChange =
  | { readonly kind: 'password-changed'; readonly account: StoredAccount }
  | { readonly kind: 'profile-changed' | 'signed-out' | 'deleted'; readonly uid: string };
