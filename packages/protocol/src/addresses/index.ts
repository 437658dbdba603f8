/** What counts as an address of a person, and as text that may be shown to one: auth-api §3. */
export { isDisplaySafe } from './display-safe.js';
export { isEmailAddress } from './email-address.js';
export { normalizeEmail } from './normalize-email.js';
