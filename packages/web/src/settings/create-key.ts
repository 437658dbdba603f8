/** What only making a recovery key needs; loaded for it alone, since it brings the JOSE library. */
export { createRecoveryKey } from '@foxden/auth-client';
