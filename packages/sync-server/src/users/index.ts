/** The token server's users and nodes: who may sync with which keys, and where their data are. sync §2.4, §5. */
export { forgetAccount, signOutBefore } from './account-events.js';
export type { UsersContext } from './context.js';
export { parseKeyId, requireSameClientState, toGeneration } from './key-id.js';
export { purgeReplaced } from './purge-replaced.js';
export { registerNode } from './register.js';
export { type ResolvedUser, resolveUser } from './resolve-user.js';
export { TokenError } from './token-error.js';
