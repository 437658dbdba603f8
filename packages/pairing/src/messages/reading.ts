import { PairingError } from '../error.js';

/** Members of JSON that somebody else wrote; what is no object has none. */
export type Members = Readonly<Record<string, unknown>>;

export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

/**
 * A member that must be there.
 * @throws PairingError `malformed`; it names the member and does not show it
 */
export function requiredText(members: Members, name: string, pattern: RegExp): string {
  const value = members[name];
  if (typeof value !== 'string' || !pattern.test(value))
    throw new PairingError('malformed', `${name} is missing or wrong`);
  return value;
}

/** A member that people may look at; undefined where it is missing, no text, or longer than anybody reads. */
export function shownText(members: Members, name: string, maxLength: number): string | undefined {
  const value = members[name];
  return typeof value === 'string' && value !== '' && value.length <= maxLength ? value : undefined;
}
