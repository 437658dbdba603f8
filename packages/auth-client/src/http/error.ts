import type { AuthErrorName, OAuthErrorName, ProfileErrorName } from '@foxden/protocol';

/** The name of an error in the catalogue of its family. */
export type ErrorName = AuthErrorName | OAuthErrorName | ProfileErrorName;

/**
 * Why a call failed: `api` the server answered with an error of the protocol; `malformed` something answered, but not
 * in the protocol (a proxy's page, half an answer); `network` nothing answered; `timeout` nothing answered in time;
 * `aborted` the caller's signal ended it.
 */
export type FailureKind = 'api' | 'malformed' | 'network' | 'timeout' | 'aborted';

export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
  readonly status?: number | undefined;
  readonly errno?: number | undefined;
  readonly errorName?: ErrorName | undefined;
  readonly retryAfter?: number | undefined;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A call that did not succeed. */
export class AuthClientError extends Error {
  override readonly name = 'AuthClientError';
  readonly kind: FailureKind;
  /** HTTP status, when something answered. */
  readonly status: number | undefined;
  /** Number of the error in the numbering of the endpoint's family; only with `kind` `api`. */
  readonly errno: number | undefined;
  /** Name of the error in the catalogue; undefined for a number that the catalogue does not know. */
  readonly errorName: ErrorName | undefined;
  /** Seconds to wait before trying again, where the server said so. */
  readonly retryAfter: number | undefined;
  /** The JSON body with its extra members (`email`, `validation`, `verificationMethod`, …); empty when there was none. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(failure: Failure) {
    super(failure.message, failure.cause === undefined ? undefined : { cause: failure.cause });
    this.kind = failure.kind;
    this.status = failure.status;
    this.errno = failure.errno;
    this.errorName = failure.errorName;
    this.retryAfter = failure.retryAfter;
    this.body = failure.body ?? {};
  }
}

/** Whether a failure is the named error of the catalogue, one of the names where several are given. */
export function isAuthError(error: unknown, ...names: readonly ErrorName[]): error is AuthClientError {
  return error instanceof AuthClientError && error.errorName !== undefined && names.includes(error.errorName);
}
