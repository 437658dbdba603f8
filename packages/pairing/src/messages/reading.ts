import { PairingError } from '../error.js';

/** Members of JSON that somebody else wrote. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * The members of an object.
 * @throws PairingError `malformed`
 */
export function membersOf(value: unknown, what: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PairingError('malformed', `${what} is no object`);
  }
  return value as Members;
}

/**
 * A member that must be there.
 * @throws PairingError `malformed`; it names the member and does not show it
 */
export function requiredText(members: Members, name: string, pattern: RegExp): string {
  const value = members[name];
  if (typeof value !== 'string' || !pattern.test(value)) {
    throw new PairingError('malformed', `${name} is missing or wrong`);
  }
  return value;
}

/** The members that are texts, and no longer than they may be; the others are as if they were missing. */
export function optionalTexts<Name extends string>(
  members: Members,
  maxLengths: Readonly<Record<Name, number>>,
): Readonly<Partial<Record<Name, string>>> {
  const texts: Partial<Record<Name, string>> = {};
  for (const [name, maxLength] of Object.entries(maxLengths) as [Name, number][]) {
    const value = members[name];
    if (typeof value === 'string' && value !== '' && value.length <= maxLength) texts[name] = value;
  }
  return texts;
}
