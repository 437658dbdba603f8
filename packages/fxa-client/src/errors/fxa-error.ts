/** How a caller should respond to a failure (client §1.5). */
export type FxaErrorKind =
  /** The account's authorization is in doubt: check the status, or sign in again. */
  | 'Authentication'
  /** The account is fine, but this is not allowed to it: ask the person by a flow, or leave it. */
  | 'Forbidden'
  /** Nothing answered: try again later. */
  | 'Network'
  /** No flow with that `state` was begun here, or a newer one replaced it. */
  | 'NoExistingAuthFlow'
  /** The redirect belongs to another flow. */
  | 'WrongAuthFlow'
  /** A pairing URL of another server. */
  | 'OriginMismatch'
  /** A token for Sync, but no key to read the data with: ask for the scope again by a flow. */
  | 'SyncScopedKeyMissingInServerResponse'
  /** Never thrown here; part of the interface that this library shares with its siblings. */
  | 'Panic'
  | 'Other';

export interface FxaErrorDetails {
  /** HTTP status, when something answered. */
  readonly status?: number | undefined;
  /** Number of the error in the protocol, when the server told one. */
  readonly errno?: number | undefined;
  /** Seconds to wait before trying again, when the server asked for it. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/** Why a call of this library failed. No message holds a token, a key, or the query of a URL. */
export class FxaError extends Error {
  override readonly name = 'FxaError';
  readonly kind: FxaErrorKind;
  readonly status: number | undefined;
  readonly errno: number | undefined;
  readonly retryAfter: number | undefined;

  constructor(kind: FxaErrorKind, message: string, details: FxaErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.status = details.status;
    this.errno = details.errno;
    this.retryAfter = details.retryAfter;
  }
}
