import type { ResponseOf, sessionStatus } from '@foxden/protocol';
import { isUsable, methodName, type Session } from './session.js';

/** What `/session/status` says of a session (auth-api §6.7). */
export function describeSession(session: Session): ResponseOf<typeof sessionStatus> {
  return {
    state: session.tokenVerified ? 'verified' : 'unverified',
    uid: session.uid,
    details: {
      accountEmailVerified: session.emailVerified,
      sessionVerificationMethod:
        session.verificationMethod === null ? null : (methodName(session.verificationMethod) ?? null),
      sessionVerified: session.tokenVerified,
      mustVerify: session.mustVerify,
      sessionVerificationMeetsMinimumAAL: session.aal >= session.accountAal,
      verified: session.emailVerified && isUsable(session),
    },
  };
}
