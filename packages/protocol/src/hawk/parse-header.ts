/** The attributes of a Hawk header as its text has them; which of them a check needs is the check's business. */
export interface HawkAttributes {
  readonly id: string;
  /** seconds since the epoch, decimal text */
  readonly ts?: string;
  readonly nonce?: string;
  /** base64 */
  readonly hash?: string;
  readonly ext?: string;
  /** base64 */
  readonly mac?: string;
  readonly app?: string;
  readonly dlg?: string;
}

/** A longer header is refused unread, characters. */
export const HAWK_HEADER_MAX_LENGTH = 4096;

/** Printable ASCII without `"` and `\`: no value can break out of its quotes or of a line of the MAC's input. */
export const hawkValuePattern = /^[ !#-[\]-~]*$/;

const schemePattern = /^hawk[ \t]+/i;

/**
 * Reads an Authorization header (auth API §2.1): scheme in any letter case; `id ts nonce hash ext mac app dlg`, each at
 * most once; a non-empty `id` is required. Linear time; undefined if it is no such header.
 */
export function parseHawkHeader(header: string): HawkAttributes | undefined {
  const scheme = header.length <= HAWK_HEADER_MAX_LENGTH ? schemePattern.exec(header) : null;
  if (scheme === null) return undefined;
  const attributes = readAttributes(header, scheme[0].length);
  const id = attributes?.get('id');
  return id === undefined || id === '' ? undefined : { ...Object.fromEntries(attributes ?? []), id };
}

function readAttributes(header: string, start: number): Map<string, string> | undefined {
  const attributes = new Map<string, string>();
  // Sticky: every attempt begins where the last attribute ended, so no character is looked at for two attributes.
  const pattern = /[ \t]*(id|ts|nonce|hash|ext|mac|app|dlg)="([ !#-[\]-~]*)"[ \t]*(,|$)/y;
  pattern.lastIndex = start;
  for (;;) {
    const [, name, value, separator] = pattern.exec(header) ?? [];
    if (name === undefined || value === undefined || attributes.has(name)) return undefined;
    attributes.set(name, value);
    if (separator === '') return attributes;
  }
}
