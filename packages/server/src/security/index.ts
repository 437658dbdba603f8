/** What happened to an account, kept for its owner and for the sign-in decision: auth-api §9. */
export {
  deleteSecurityEvents,
  findSecurityEvents,
  markLoginVerified,
  NOBODY,
  recordFailureOfNobody,
  recordSecurityEvent,
  type SecurityEvent,
  type SecurityEventName,
  signedInFromAddressSince,
} from './events.js';
