/** What counts as an address of a person, and as text that may be shown to one: auth-api §3. */
export { isDisplaySafe } from './display-safe.js';
export { isEmailAddress, normalizeEmail } from './email-address.js';
