/**
 * Telling services what happens to accounts, as signed events: auth-api §9; RFC 8417, RFC 8935.
 * What others may use: the Notifications of the context, and what makes them.
 */
export { createNotifications, type Notifications, type RunningNotifications } from './create-notifications.js';
export type { AccountEvent, EventDetails, EventName } from './events.js';
export type { AccountListener } from './listener.js';
