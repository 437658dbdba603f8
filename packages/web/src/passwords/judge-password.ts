/** Why a password cannot be taken. */
export type PasswordFault = 'missing' | 'short' | 'email' | 'common';

const SHORTEST = 8;
/** A shorter name before the `@` says nothing: it may be part of any word. */
const SHORTEST_NAME = 4;

/** What is wrong with a new password, in the order in which a person would want to hear it. */
export function judgePassword(
  password: string,
  email: string,
  isCommon: (password: string) => boolean,
): PasswordFault | undefined {
  if (password === '') return 'missing';
  // As a person counts: a letter with its accents is one.
  if ([...password.normalize('NFC')].length < SHORTEST) return 'short';
  if (echoesAddress(password.toLowerCase(), email.toLowerCase())) return 'email';
  return isCommon(password) || isCommon(password.toLowerCase()) ? 'common' : undefined;
}

function echoesAddress(password: string, email: string): boolean {
  const name = email.slice(0, email.lastIndexOf('@'));
  return email.includes(password) || (name.length >= SHORTEST_NAME && password.includes(name));
}
