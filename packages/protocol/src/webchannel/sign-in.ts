import type { SyncEngineChoice } from './engines.js';

/** Before an account is linked to a browser that may hold somebody else's data (webchannel §4). */
export interface CanLinkAccountRequest {
  readonly email: string;
  /** hex, 32 digits; absent for an account that is yet to be made. */
  readonly uid?: string | undefined;
}

/** The services that a person has asked for; `sync: {}` is Sync without touching what is synced. */
export type RequestedServices = {
  readonly sync?: SyncEngineChoice | Readonly<Record<string, never>> | undefined;
} & Readonly<Record<string, object | undefined>>;

/** `fxaccounts:login`: exactly these members, since a browser refuses others (webchannel §5.1). */
export interface BrowserLogin {
  /** The account's own spelling of its main address. */
  readonly email: string;
  /** hex, 32 digits */
  readonly uid: string;
  /** hex, 64 digits */
  readonly sessionToken: string;
  /** Address and session are both confirmed. */
  readonly verified: boolean;
  /** Absent: services stay as they are. Only for browsers with `multiService`. */
  readonly services?: RequestedServices | undefined;
  /** hex, 64 digits; in the `fx_desktop_v3` context only. */
  readonly keyFetchToken?: string | undefined;
  /** hex, 64 digits; in the `fx_desktop_v3` context only. */
  readonly unwrapBKey?: string | undefined;
  /** Only for browsers without `multiService`. */
  readonly offeredSyncEngines?: readonly string[] | undefined;
  /** Only for browsers without `multiService`. */
  readonly declinedSyncEngines?: readonly string[] | undefined;
}

/** `fxaccounts:oauth_login`: the code that a browser redeems (webchannel §5.2). */
export interface BrowserOAuthLogin {
  readonly action: 'signin' | 'signup' | 'pairing';
  /** hex, 64 digits */
  readonly code: string;
  /** As the browser sent it. */
  readonly state: string;
  readonly redirect: string;
  /** What was granted, separated by spaces. */
  readonly scope?: string | undefined;
  /** Read by mobile browsers, which have no `services`. */
  readonly offeredSyncEngines?: readonly string[] | undefined;
  /** Read by mobile browsers, which have no `services`. */
  readonly declinedSyncEngines?: readonly string[] | undefined;
}

/** `fxaccounts:change_password`: the session that replaces the one that ended with the password (webchannel §6.6). */
export type BrowserPasswordChange = Pick<
  BrowserLogin,
  'email' | 'uid' | 'sessionToken' | 'verified' | 'keyFetchToken' | 'unwrapBKey'
>;
