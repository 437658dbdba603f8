/** Changing the password; loaded when a new one is sent. */
export { changePassword } from '@foxden/auth-client';
