import type { Bytes } from '../storage/index.js';

/** How a session was verified: the numbers that are stored (auth-api §5.1). */
export const VERIFICATION_METHODS = {
  email: 0,
  'email-2fa': 1,
  'totp-2fa': 2,
  'recovery-code': 3,
  'sms-2fa': 4,
  passkey: 5,
} as const;

export type VerificationMethodName = keyof typeof VERIFICATION_METHODS;
type Factor = 'pwd' | 'email' | 'otp' | 'webauthn';

const METHOD_AMR: Readonly<Record<VerificationMethodName, Factor>> = {
  email: 'email',
  'email-2fa': 'email',
  'totp-2fa': 'otp',
  'recovery-code': 'otp',
  'sms-2fa': 'otp',
  passkey: 'webauthn',
};

/** A session with what the account it belongs to says about it. */
export interface Session {
  /** hex, 32 digits. */
  readonly uid: string;
  readonly tokenHash: Bytes;
  readonly reqHMACkey: Bytes;
  /** Milliseconds, as all times here. */
  readonly createdAt: number;
  readonly authAt: number;
  readonly lastAccessTime: number;
  readonly mustVerify: boolean;
  /** The link code that verifies this session; null once it is verified. */
  readonly tokenVerificationId: Bytes | null;
  readonly tokenVerified: boolean;
  readonly verificationMethod: number | null;
  readonly verifiedAt: number | null;
  /** Primary address of the account. */
  readonly email: string;
  readonly emailVerified: boolean;
  readonly amr: readonly Factor[];
  readonly aal: 1 | 2;
  /** What the account asks for: 2 while two-step authentication is on (auth-api §5.1). */
  readonly accountAal: 1 | 2;
  readonly profileChangedAt: number;
  readonly keysChangedAt: number;
  readonly verifierSetAt: number;
}

const LIFETIME = 28 * 24 * 60 * 60 * 1000;

/** A session ends after four weeks, unless a device is registered for it (auth-api §1.5). */
export function isOld(session: Pick<Session, 'createdAt'>, now: number): boolean {
  return session.createdAt + LIFETIME <= now;
}

export function methodName(number: number): VerificationMethodName | undefined {
  return (Object.keys(VERIFICATION_METHODS) as VerificationMethodName[]).find(
    (name) => VERIFICATION_METHODS[name] === number,
  );
}

/** How the person proved who they are (RFC 8176 names), by how the session was verified (auth-api §5.1). */
export function sessionAmr(session: Pick<Session, 'tokenVerified' | 'verificationMethod'>): readonly Factor[] {
  if (!session.tokenVerified) return ['pwd'];
  const name = session.verificationMethod === null ? undefined : methodName(session.verificationMethod);
  return ['pwd', name === undefined ? 'email' : METHOD_AMR[name]];
}

/** Number of distinct factor classes: knowledge (password, mailbox) and possession (authenticator, passkey). */
export function sessionAal(amr: readonly Factor[]): 1 | 2 {
  return amr.includes('otp') || amr.includes('webauthn') ? 2 : 1;
}

/** `authAt` of answers: whole seconds. */
export function authAtSeconds(session: Pick<Session, 'authAt'>): number {
  return Math.floor(session.authAt / 1000);
}

/** A session may be used for low-risk sign-in: it is verified, or nobody demanded that it be (auth-api §5.4). */
export function isUsable(session: Pick<Session, 'tokenVerified' | 'mustVerify'>): boolean {
  return session.tokenVerified || !session.mustVerify;
}
