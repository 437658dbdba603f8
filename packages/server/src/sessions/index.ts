/** Sessions: who is signed in, how well that was proven, and what follows from it. auth-api §5, §6.7. */
export { authenticateSession } from './authenticate.js';
export { type PendingSession, prepareDuplicate, prepareSession, type SessionState } from './create-session.js';
export { requireUsableSession, requireVerifiedAccount, requireVerifiedSession } from './require-verified.js';
export { authAtSeconds, isExpired, isUsable, type Session, VERIFICATION_METHODS } from './session.js';
export {
  deleteSession,
  deleteSessions,
  findSession,
  type ListedSession,
  listSessions,
  markSessionsVerified,
  updateAuthentication,
} from './store.js';
export { describeUserAgent, parseUserAgent, type UserAgent } from './user-agent.js';
export type { VerificationMethod } from './verification-method.js';
export { type VerificationStatus, verificationStatus } from './verification-status.js';
