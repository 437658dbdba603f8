import { useMemo } from 'preact/hooks';
import { useSite } from '../site.js';

/** Writes a time (milliseconds since the epoch) as people of the page's language do. */
export function useDate(): (milliseconds: number) => string {
  const { locale } = useSite().messages;
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    return (milliseconds: number) => format.format(milliseconds);
  }, [locale]);
}
