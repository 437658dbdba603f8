/** How far the reset of a password is. It is kept with the history entry, so that a reload goes on where it was. */
export interface Reset {
  /** As typed, or as the mailed link names it. */
  readonly email: string;
  /** What version 1 credentials are salted with. */
  readonly emailToHashWith: string;
  /** hex, 32 digits */
  readonly uid: string;
  /** The passwordForgotToken: hex, 64 digits. */
  readonly token: string;
  /** What goes with the token: hex, 32 digits. */
  readonly code: string;
  /** hex, 64 digits; the token and its code were traded for it. */
  readonly accountResetToken?: string;
  readonly hasRecoveryKey: boolean;
  /** The account has an authenticator, which was not asked for yet. */
  readonly secondStepNeeded: boolean;
}

/** A reset that was just begun, by digits or by a mailed link. */
export type BegunReset = Pick<Reset, 'email' | 'emailToHashWith' | 'uid' | 'token' | 'code'>;

const HEX = { uid: 32, token: 64, code: 32 };

/** The reset that a mailed link begins (auth-api §8, `recovery`); undefined when a part of it is missing. */
export function readResetLink(query: URLSearchParams): BegunReset | undefined {
  const get = (name: string): string => query.get(name) ?? '';
  const isWhole = Object.entries(HEX).every(([name, digits]) =>
    new RegExp(`^[0-9a-f]{${digits}}$`, 'i').test(get(name)),
  );
  const email = get('email');
  if (!isWhole || email === '') return undefined;
  const emailToHashWith = get('emailToHashWith') || email;
  return { email, emailToHashWith, uid: get('uid').toLowerCase(), token: get('token'), code: get('code') };
}
