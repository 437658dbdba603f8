/** What only the owner of a recovery key needs; loaded for them alone, since it brings the JOSE library. */
export { openRecoveryKey } from '@foxden/auth-client';
