/** Making, signing in to, changing and deleting accounts: the operations that span the domains. auth-api §6.1 to §6.7. */
export { deleteAccount } from './delete.js';
