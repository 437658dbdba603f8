import { preferredLanguages } from './preferred-languages.js';

/**
 * The best of the available languages for an `Accept-Language` value (RFC 9110 §12.5.4): an exact match or the same
 * primary language, in the order of the reader's preference; the first available one when none matches.
 */
export function negotiateLanguage<T extends { readonly tag: string }>(
  acceptLanguage: string | undefined,
  available: readonly [T, ...T[]],
): T {
  for (const range of preferredLanguages(acceptLanguage)) {
    const exact = available.find(({ tag }) => tag.toLowerCase() === range);
    const related = available.find(({ tag }) => primary(tag) === primary(range));
    const match = exact ?? related;
    if (match !== undefined) return match;
  }
  return available[0];
}

function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}
