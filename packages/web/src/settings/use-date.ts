import { useMemo } from 'preact/hooks';
import { useSite } from '../site.js';

/** Writes a time (milliseconds since the epoch) as people of the page's language do. */
export function useDate(): (milliseconds: number) => string {
  const { locale } = useSite().messages;
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeStyle: 'short',
      // As in the texts around it.
      numberingSystem: 'latn',
    });
    return (milliseconds: number) => format.format(milliseconds);
  }, [locale]);
}
