/** Addresses of accounts and the codes that prove them: auth-api §5.5, §6.8. */
export {
  type LinkContext,
  postAddressVerification,
  postLoginVerification,
  postNewDeviceLogin,
} from './post-verification.js';
export { deleteEmails, type Email, findEmail, findPrimaryEmail, insertEmail } from './store.js';
