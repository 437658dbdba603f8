/**
 * The best of the available languages for an `Accept-Language` value (RFC 9110 §12.5.4): an exact match or the same
 * primary language, in the order of the reader's preference; the first available one when none matches.
 */
export function negotiateLanguage<T extends { readonly tag: string }>(
  acceptLanguage: string | undefined,
  available: readonly [T, ...T[]],
): T {
  for (const range of preferredRanges(acceptLanguage ?? '')) {
    const exact = available.find(({ tag }) => tag.toLowerCase() === range);
    const related = available.find(({ tag }) => primary(tag) === primary(range));
    const match = exact ?? related;
    if (match !== undefined) return match;
  }
  return available[0];
}

function preferredRanges(acceptLanguage: string): string[] {
  return acceptLanguage
    .split(',')
    .slice(0, 32)
    .map((part) => {
      const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { range, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ range, quality }) => /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/.test(range) && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ range }) => range);
}

function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}
