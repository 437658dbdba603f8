/** What an authority grants, data of `pair:auth:authorize` (OAuth §6.4). */
export interface PairingAuthorization {
  /** hex, 64 digits */
  readonly code: string;
  /** The state of the request. */
  readonly state: string;
  /** Where the server would send a person with this code. */
  readonly redirect?: string;
  /** What was granted, separated by spaces. */
  readonly scope?: string;
}
