/** Setting a password in place of a forgotten one; loaded when it is sent. */
export { resetPassword } from '@foxden/auth-client';
