const KEY = 'foxden.language';

/** The language (BCP 47) that a person has chosen for the pages in this browser; undefined where the browser decides. */
export function chosenLanguage(storage: Storage): string | undefined {
  return storage.getItem(KEY) ?? undefined;
}

export function chooseLanguage(storage: Storage, tag: string | undefined): void {
  if (tag === undefined) storage.removeItem(KEY);
  else storage.setItem(KEY, tag);
}
