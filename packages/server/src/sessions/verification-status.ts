import { isUsable, type Session } from './session.js';
import type { VerificationMethod } from './verification-method.js';

export interface VerificationStatus {
  emailVerified: boolean;
  sessionVerified: boolean;
  /** Both; still read by Firefox, PyFxA and the VPN client. */
  verified: boolean;
  verificationMethod?: VerificationMethod;
  verificationReason?: 'signup' | 'login';
}

/** The verification status block of sign-in answers (auth-api §5.2, in its order). */
export function verificationStatus(
  session: Pick<Session, 'emailVerified' | 'tokenVerified' | 'mustVerify'>,
  method: VerificationMethod | undefined,
): VerificationStatus {
  if (!session.emailVerified) {
    return {
      emailVerified: false,
      sessionVerified: false,
      verified: false,
      verificationMethod: method === 'email-otp' ? 'email-otp' : 'email',
      verificationReason: 'signup',
    };
  }
  if (!isUsable(session)) {
    return {
      emailVerified: true,
      sessionVerified: false,
      verified: false,
      verificationMethod: method ?? 'email',
      verificationReason: 'login',
    };
  }
  return { emailVerified: true, sessionVerified: true, verified: true };
}
