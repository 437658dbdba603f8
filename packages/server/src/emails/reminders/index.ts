/** Mails for later: auth-api §8. A reminder is a row until its time comes, and dropped when it no longer makes sense. */
export { cancelVerificationReminders, scheduleConnectReminders, scheduleVerificationReminders } from './schedule.js';
export { sendDueReminders } from './send.js';
export { deleteReminders } from './store.js';
