/**
 * Second factors: authenticator, backup codes, and the mailed digits that settings ask for.
 * auth-api §6.6, §6.7, §6.10, §6.11, §6.14.
 */
export { deleteSecondFactors } from './delete.js';
export { describeBackupCodes, describeTotp } from './describe.js';
export { pruneSecondFactors } from './prune.js';
export { authenticateStepUp } from './step-up-token.js';
