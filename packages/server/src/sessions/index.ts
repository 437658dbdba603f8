/** Sessions: who is signed in, how well that was proven, and what follows from it. auth-api §5, §6.7. */
export { authenticateSession } from './authenticate.js';
export { type PendingSession, prepareDuplicate, prepareSession, type SessionState } from './create-session.js';
export { holdSession } from './hold-session.js';
export {
  requireProvenFactor,
  requireSecondFactor,
  requireUsableSession,
  requireVerifiedAccount,
  requireVerifiedSession,
} from './require-verified.js';
export {
  authAtSeconds,
  isOld,
  isUsable,
  type Session,
  sessionAal,
  sessionAmr,
  VERIFICATION_METHODS,
  type VerificationMethodName,
} from './session.js';
export {
  countSessions,
  deleteSession,
  deleteSessions,
  demandVerification,
  findAccountAal,
  findSession,
  type ListedSession,
  listSessions,
  updateAuthentication,
} from './store.js';
export { describeUserAgent, parseUserAgent, type UserAgent } from './user-agent.js';
export type { VerificationMethod } from './verification-method.js';
export { type VerificationStatus, verificationStatus } from './verification-status.js';
export { lowerSession, raiseSession, verifySessionByMail } from './verify.js';
