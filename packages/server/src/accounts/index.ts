/** The account record: keys, credentials and times of one person. auth-api §0. */
export {
  type Account,
  deleteAccountRow,
  findAccount,
  holdAccount,
  insertAccount,
  markProfileChanged,
  updateCredentials,
} from './store.js';
