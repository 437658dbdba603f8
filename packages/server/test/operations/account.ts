/** What a person knows about their account: the model that the server is compared with. */
export interface Account {
  /** hex, 32 digits */
  readonly uid: string;
  readonly password: string;
  /** hex; undefined where the server drew it and nobody has looked yet. */
  readonly kB: string | undefined;
  readonly isVersion2: boolean;
  /** base32; undefined while two-step authentication is off. */
  readonly totpSecret: string | undefined;
  readonly recoveryKey: RecoveryKey | undefined;
  /** The session that changes things; undefined when its token was lost in a crash. */
  readonly session: string | undefined;
  /** Other sessions that live. */
  readonly others: readonly string[];
}

export interface RecoveryKey {
  /** bytes, 20 */
  readonly key: Uint8Array;
  readonly recoveryKeyId: string;
}

/** The account, if there is one, and everything that was right once and must never be again. */
export interface State {
  readonly account: Account | undefined;
  readonly formerPasswords: readonly string[];
  readonly endedSessions: readonly string[];
}

/** The state after a password was set: the old one is former, and the sessions have ended. */
export function withPassword(before: State, changes: Partial<Account> & Pick<Account, 'password'>): State {
  const account = before.account;
  if (account === undefined) throw new Error('no account');
  return {
    account: { ...account, session: undefined, others: [], ...changes },
    formerPasswords: [...before.formerPasswords, account.password].filter((old) => old !== changes.password),
    endedSessions: [...before.endedSessions, ...sessionsOf(account)],
  };
}

export function withAccount(before: State, changes: Partial<Account>): State {
  if (before.account === undefined) throw new Error('no account');
  return { ...before, account: { ...before.account, ...changes } };
}

export function sessionsOf({ session, others }: Account): string[] {
  return session === undefined ? [...others] : [session, ...others];
}
