const UNITS = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['week', 7 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Says how long ago a moment was: `3 days ago`, in the first language of an `Accept-Language` that is one. */
export function formatAgo(moment: number, now: number, acceptLanguage: string | undefined): string {
  const seconds = Math.max(0, Math.floor((now - moment) / 1000));
  const [unit, length] = UNITS.find(([, unitLength]) => seconds >= unitLength) ?? (['second', 1] as const);
  return format(acceptLanguage).format(-Math.floor(seconds / length), unit);
}

function format(acceptLanguage = ''): Intl.RelativeTimeFormat {
  const tags = acceptLanguage.split(',').map((range) => range.split(';', 1)[0]?.trim() ?? '');
  const language = tags.find((tag) => /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag) && isLanguage(tag)) ?? 'en';
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
}

/** Some texts of the right shape still are no tag (RFC 5646): `en-en-en`. */
function isLanguage(tag: string): boolean {
  try {
    return Intl.RelativeTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
