/** Codes that lift a block of sign-ins for its owner: auth-api §4.3, §6.2. */
export { deleteUnblockCodes } from './store.js';
export { pruneUnblockCodes, useUnblockCode } from './unblock.js';
