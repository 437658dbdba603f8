import { FluentBundle, type FluentResource } from '@fluent/bundle';
import type { Message } from './message.js';

/** The texts of one part of the pages: the name of its file in each language, and the English that is always at hand. */
export interface MessagePart {
  readonly name: string;
  readonly english: FluentResource;
}

export interface Messages {
  readonly locale: string;
  /** BCP 47 tags of all that there are. */
  readonly languages: readonly string[];
  /** Makes the texts of one or more parts usable, in English where the language lacks the part or a text of it. */
  add(parts: MessagePart | readonly MessagePart[]): Promise<void>;
  format(message: Message): string;
}

/** The texts of a language by the file of their part: `./<part>.ftl`. */
export type Texts = Readonly<Record<string, FluentResource>>;

/** The other languages by path, each loaded as a whole when it is wanted: `./<locale>/index.ts`. */
export type Translations = Readonly<Record<string, () => Promise<Texts>>>;

/** Texts in the first of the wanted languages that there is a translation of, else in English. */
export function createMessages(wanted: readonly string[], translations: Translations): Messages {
  const languages = ['en', ...Object.keys(translations).map((path) => path.slice('./'.length, -'/index.ts'.length))];
  const locale = chooseLocale(wanted, languages);
  const english = new FluentBundle('en');
  // Digits are those that codes and addresses have.
  const translated = new FluentBundle([`${locale}-u-nu-latn`, 'en']);
  const added = new Set<string>();
  let texts: Promise<Texts | undefined> | undefined;

  async function addPart({ name, english: resource }: MessagePart): Promise<void> {
    if (added.has(name)) return;
    added.add(name);
    english.addResource(resource);
    // Better in English than not at all.
    texts ??= Promise.resolve(translations[`./${locale}/index.ts`]?.()).catch(() => undefined);
    const translation = (await texts)?.[`./${name}.ftl`];
    if (translation !== undefined) translated.addResource(translation);
  }

  return {
    locale,
    languages,
    async add(parts) {
      await Promise.all([parts].flat().map(addPart));
    },
    format({ id, args }) {
      const bundle = translated.hasMessage(id) ? translated : english;
      const pattern = bundle.getMessage(id)?.value;
      return pattern == null ? id : bundle.formatPattern(pattern, args ?? null);
    },
  };
}

function chooseLocale(wanted: readonly string[], available: readonly string[]): string {
  for (const tag of wanted) {
    for (let end = tag.length; end > 0; end = tag.lastIndexOf('-', end - 1)) {
      const candidate = tag.slice(0, end);
      if (available.includes(candidate)) return candidate;
    }
  }
  return 'en';
}
