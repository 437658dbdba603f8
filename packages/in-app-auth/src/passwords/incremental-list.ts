/**
 * Decodes a list in which each line begins with the number of characters it shares with the entry before, as one digit
 * in base 36 (in-app-auth §8.3).
 * @throws TypeError when a line is empty, has no such digit or shares more than there is
 */
export function decodeIncrementalList(text: string): ReadonlySet<string> {
  const entries = new Set<string>();
  let last = '';
  for (const line of text === '' ? [] : text.split('\n')) {
    const digit = line.charAt(0);
    const shared = /^[0-9a-z]$/.test(digit) ? Number.parseInt(digit, 36) : Number.NaN;
    // NaN compares as false too.
    if (!(shared <= last.length)) throw new TypeError('Not an incrementally encoded list');
    last = last.slice(0, shared) + line.slice(1);
    entries.add(last);
  }
  return entries;
}
