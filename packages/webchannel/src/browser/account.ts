import type { BrowserLogin, BrowserPasswordChange, BrowserUser, SyncEngineChoice } from '@foxden/protocol';

/** The account of a browser, as a client such as `FirefoxAccount` keeps it. What it throws, the page is told. */
export interface BrowserAccount {
  /** Who is signed in; without a `sessionToken` while the browser has to sign in again. */
  signedInUser(): Promise<BrowserUser | undefined>;
  /** Takes a session over: of nobody before, or of the same account. Resolves when the device is registered. */
  signIn(login: AccountSession): Promise<void>;
  /**
   * Redeems the code of a flow that was begun here, and keeps the keys that come with it.
   * @throws Error for a `state` that no flow has
   */
  completeFlow(of: { readonly code: string; readonly state: string }): Promise<CompletedFlow>;
  isFlowActive(): Promise<boolean>;
  /** Begins another flow and gives the query of its address. @throws Error for a scope that it may not ask for */
  beginFlow(scopes: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** The password was changed: another session takes the place of the one that ended, for a device to be made anew. */
  changePassword(change: BrowserPasswordChange): Promise<void>;
  /** Something of the profile has changed. */
  refreshProfile(): Promise<void>;
  /** Signs out, here and on the server. */
  disconnect(): Promise<void>;
  /** Signs out here only: the page has ended the session, or the account. */
  forget(): Promise<void>;
}

export type AccountSession = Pick<
  BrowserLogin,
  'email' | 'uid' | 'sessionToken' | 'verified' | 'keyFetchToken' | 'unwrapBKey'
>;

export interface CompletedFlow {
  /** A key for Sync came with the tokens. */
  readonly hasSyncKey: boolean;
}

/** Sync in a browser. */
export interface BrowserSync {
  /** Turns Sync on; the engines stay as they are where no choice is given. */
  enable(choice: SyncEngineChoice | undefined): Promise<void>;
  disable(): Promise<void>;
}

/** Remembers, beyond a sign-out, whose data the browser may hold. */
export interface LastAccount {
  /** What was kept last: base64, of 32 bytes. */
  read(): Promise<string | undefined>;
  write(hash: string): Promise<void>;
}
