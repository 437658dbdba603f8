// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
const NOT_DISPLAY_SAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ue000-\uf8ff\ufff9-\ufffc\ufffe\uffff\p{Surrogate}]/u;
/** Whether text may be shown to people: no control characters, line separators, surrogates or private-use characters. */
export function isDisplaySafe(text: string): boolean {
  return !NOT_DISPLAY_SAFE.test(text);
}
