/** The account recovery key: kB once more, sealed under a key that only its owner holds. auth-api §1.8, §6.12. */
export { describeRecoveryKey } from './describe.js';
export { takeRecoveryKey } from './reset-proof.js';
export { deleteRecoveryKey } from './store.js';
