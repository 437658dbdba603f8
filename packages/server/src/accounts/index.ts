/** The account record: keys, credentials and times of one person. auth-api §0. */
export { holdAccount } from './hold.js';
export { mailLocale } from './mail-locale.js';
export { profileChanged } from './profile-changed.js';
export {
  type Account,
  deleteAccountRow,
  findAccount,
  insertAccount,
  markProfileChanged,
  replaceCredentials,
  setLocale,
  setMetricsOptOut,
  updateCredentials,
} from './store.js';
