import { FluentBundle, FluentResource } from '@fluent/bundle';
import { en } from './messages/en.js';

/** A language that mails are written in. */
export interface Language {
  /** BCP 47 tag. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly bundle: FluentBundle;
}

const ENGLISH = language('en', 'ltr', en);

/** A further language is one more entry here; the first is used where none of them is asked for. */
export const LANGUAGES: readonly [Language, ...Language[]] = [ENGLISH];

function language(tag: string, direction: Language['direction'], messages: string): Language {
  // Isolation marks would be copied along with names and codes from a text part.
  const bundle = new FluentBundle(tag, { useIsolating: false });
  const [error] = bundle.addResource(new FluentResource(messages));
  if (error !== undefined) throw error;
  return { tag, direction, bundle };
}
