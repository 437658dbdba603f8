import { FluentBundle, FluentResource } from '@fluent/bundle';
import { ar } from './messages/ar.js';
import { en } from './messages/en.js';

/** A language that mails are written in. */
export interface Language {
  /** BCP 47 tag. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly bundle: FluentBundle;
}

const ENGLISH = language('en', 'ltr', en);

/** The first one is complete; it stands in for what is not asked for, and for what another one lacks. */
export type Languages = readonly [Language, ...Language[]];

/** A further language is one more entry here. */
export const LANGUAGES: Languages = [ENGLISH, language('ar', 'rtl', ar)];

/** Makes a language of its messages (Fluent). */
export function language(tag: string, direction: Language['direction'], messages: string): Language {
  // Isolation marks would be copied along with names and codes from a text part. Digits are those that codes have.
  const bundle = new FluentBundle(`${tag}-u-nu-latn`, { useIsolating: false });
  const [error] = bundle.addResource(new FluentResource(messages));
  if (error !== undefined) throw error;
  return { tag, direction, bundle };
}
