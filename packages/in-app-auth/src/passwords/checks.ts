import { isEmailAddress } from '@foxden/protocol';

const MIN_LENGTH = 8;

/** Whether the server would take it as an address (in-app-auth §8.1). */
export function validateEmailAddress(email: string): boolean {
  return isEmailAddress(email);
}

/** Whether a new password is long enough, in UTF-16 units (in-app-auth §8.2). */
export function validatePasswordLength(password: string): boolean {
  return password.length >= MIN_LENGTH;
}

/** Whether a new password and the address have nothing to do with each other: neither holds the other (in-app-auth §8.4). */
export function validatePasswordEmail(password: string, email: string): boolean {
  const [secret, address] = [password.toLowerCase(), email.toLowerCase()];
  return !address.includes(secret) && !secret.includes(address);
}
