/** Who an attempt is counted for. A rule whose property is missing here does not apply. */
export interface Subject {
  readonly ip: string;
  readonly email?: string | undefined;
  /** Hex. */
  readonly uid?: string | undefined;
}

/** The rate limiter (auth-api §7). */
export interface Limits {
  /**
   * Counts an attempt at an action and refuses it when a rule of the action, or a ban, says so. Runs before the work.
   * @throws ServiceError THROTTLED with `retryAfter` (seconds)
   */
  check(action: string, subject: Subject): Promise<void>;
  /** Counts a failure (`passwordCheckFailed`, …) after the fact; never throws THROTTLED itself. */
  failed(action: string, subject: Subject): Promise<void>;
  /** Forgets what was counted for an address, after a successful reset. */
  clear(subject: Pick<Subject, 'email'>): Promise<void>;
}
