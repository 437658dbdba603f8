import { preferredLanguages } from '../languages/index.js';

const STEPS = [
  { unit: 'second', seconds: 1, upTo: 60 },
  { unit: 'minute', seconds: 60, upTo: 3600 },
  { unit: 'hour', seconds: 3600, upTo: Number.POSITIVE_INFINITY },
] as const;

/** "In 15 minutes" in the language of a request (auth-api §4.3), of all that the runtime knows; English otherwise. */
export function retryAfterWords(seconds: number, acceptLanguage: string | undefined): string {
  const step = STEPS.find(({ upTo }) => seconds < upTo) ?? STEPS[2];
  const [language = 'en'] = known(acceptLanguage);
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  return words.format(Math.ceil(seconds / step.seconds), step.unit);
}

function known(acceptLanguage: string | undefined): string[] {
  return preferredLanguages(acceptLanguage).flatMap((tag) => {
    try {
      return Intl.RelativeTimeFormat.supportedLocalesOf(tag);
    } catch {
      // Looks like a tag, but is none by BCP 47.
      return [];
    }
  });
}
