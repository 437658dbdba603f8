/** Opening the keys of an account; loaded when an application wants them. */
export { accountKeys } from '@foxden/auth-client';
