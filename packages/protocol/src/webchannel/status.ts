/** What a page tells when it asks how things stand (webchannel §3). */
export interface FxaStatusRequest {
  readonly service?: string | undefined;
  /** The `context` parameter of its address. */
  readonly context?: string | undefined;
  readonly isPairing: boolean;
}

export interface FxaStatus {
  readonly signedInUser?: BrowserUser | null | undefined;
  /** OAuth client of the browser: hex, 16 digits. */
  readonly clientId?: string | undefined;
  readonly capabilities?: BrowserCapabilities | undefined;
}

/** Whom a browser is signed in as (webchannel §3.3). */
export interface BrowserUser {
  readonly email: string;
  /** hex, 32 digits */
  readonly uid: string;
  /** hex, 64 digits; absent or null when the browser has to sign in again. */
  readonly sessionToken?: string | null | undefined;
  /** What the last sign-in said, or what the browser found out since. */
  readonly verified?: boolean | undefined;
}

/** What a browser can do; everything may be missing (webchannel §3.2). */
export interface BrowserCapabilities {
  /** It takes the engine choice in `services.sync`, and can be signed in without Sync. */
  readonly multiService?: boolean | undefined;
  readonly engines?: readonly string[] | undefined;
  readonly choose_what_to_sync?: boolean | undefined;
  readonly pairing?: boolean | undefined;
  readonly pairingVersion?: number | undefined;
  /** It accepts a code that comes without keys. */
  readonly keys_optional?: boolean | undefined;
  /** It compares accounts by uid before it links one. */
  readonly can_link_account_uid?: boolean | undefined;
}
