/** Addresses of accounts and the codes that prove them: auth-api §5.5, §6.8. */

export { digitCode, isDigitCode } from './digit-code.js';
export {
  type LinkContext,
  postAddressVerification,
  postLoginVerification,
  postNewDeviceLogin,
  postSignUpNotice,
} from './post-verification.js';
export { deleteReminders, scheduleVerificationReminders, sendDueReminders } from './reminders/index.js';
export { resendCode } from './resend-code.js';
export {
  deleteReservation,
  findReservation,
  findReservationHolder,
  findReservations,
  pruneReservations,
  type Reservation,
  reserveEmail,
  takeReservation,
} from './reservations.js';
export {
  causeOf,
  postSecurityNotice,
  type Recipients,
  type SecurityNotice,
  securityRecipients,
} from './security-notice.js';
export {
  deleteEmails,
  deleteSecondaryEmail,
  type Email,
  findEmail,
  findEmails,
  findPrimaryEmail,
  insertEmail,
  swapPrimaryEmail,
} from './store.js';
export { verifyAccount, verifyLinkCode } from './verify-code.js';
