/** Who an attempt is counted for. A rule whose property is missing here does not apply. */
export interface Subject {
  readonly ip: string;
  readonly email?: string | undefined;
  /** Hex. */
  readonly uid?: string | undefined;
}

/** Why an attempt may not be made now. */
export interface Refusal {
  /** Whole seconds. */
  readonly retryAfter: number;
  /** Only attempts on one account are refused, not everything from an IP address: its owner may lift it (auth-api §4.3). */
  readonly isOfAccount: boolean;
}

/** The rate limiter (auth-api §7). */
export interface Limits {
  /** Counts an attempt at an action. Gives why it is refused, or undefined when it may be made. */
  attempt(action: string, subject: Subject): Promise<Refusal | undefined>;
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
