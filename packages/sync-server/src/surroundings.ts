/** Milliseconds since the epoch; tests hold it still. */
export interface Clock {
  now(): number;
}

/** Random bytes from a cryptographic source. */
export interface Random {
  bytes(length: number): Uint8Array;
}

/** Structured log lines. Never give it a token or a payload. */
export interface Log {
  info(event: string, details?: Readonly<Record<string, unknown>>): void;
  warn(event: string, details?: Readonly<Record<string, unknown>>): void;
  error(event: string, details?: Readonly<Record<string, unknown>>): void;
}

/** What an access token stands for, once it is verified. */
export interface VerifiedToken {
  /** hex, 32 digits */
  readonly uid: string;
  readonly scopes: readonly string[];
  /** When the account last signed everybody out (milliseconds), where the accounts server tells. */
  readonly generation: number | undefined;
}

/** Verifies access tokens: in the same process, or by asking an accounts server. */
export interface TokenVerifier {
  /**
   * The token's meaning; undefined when it is not valid.
   * @throws AccountsUnavailable when the accounts server does not answer in time
   */
  verify(token: string): Promise<VerifiedToken | undefined>;
}

/** The accounts server did not answer in time. */
export class AccountsUnavailable extends Error {
  override readonly name = 'AccountsUnavailable';
}
