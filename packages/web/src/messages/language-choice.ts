const KEY = 'foxden.language';

/** The language that a person has chosen for these pages in this browser. */
export interface LanguageChoice {
  /** BCP 47 tag; undefined where the browser's own list decides. */
  chosen(): string | undefined;
  choose(tag: string | undefined): void;
}

export function createLanguageChoice(storage: Storage): LanguageChoice {
  return {
    chosen: () => storage.getItem(KEY) ?? undefined,
    choose(tag) {
      if (tag === undefined) storage.removeItem(KEY);
      else storage.setItem(KEY, tag);
    },
  };
}
