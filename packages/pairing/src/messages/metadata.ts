/** What the pairing server saw of the sender of a message (OAuth §6.1); for people to look at, not to rely on. */
export interface RemoteMetadata {
  /** The User-Agent header. */
  readonly ua?: string;
  readonly city?: string;
  readonly region?: string;
  readonly country?: string;
  readonly ipAddress?: string;
}

/** What an authority tells of itself, data of `pair:auth:metadata` (OAuth §6.4). */
export interface AuthorityMetadata {
  readonly email?: string;
  /** a URL */
  readonly avatar?: string;
  readonly displayName?: string;
  readonly deviceName?: string;
}
