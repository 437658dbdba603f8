import type { Texts, Translations } from './messages.js';

/**
 * Every language but English, which comes with the pages. A language is a folder beside `en` with the same files; what it
 * lacks is said in English.
 */
export const translations: Translations = import.meta.glob<Texts>('./*/index.ts', { import: 'texts' });
