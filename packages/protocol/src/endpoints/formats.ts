import { isDisplaySafe, isEmailAddress } from '../addresses/index.js';

/** Whether text is an absolute http or https URL. */
export function isWebUrl(text: string): boolean {
  try {
    const { protocol } = new URL(text);
    return protocol === 'https:' || protocol === 'http:';
  } catch {
    return false;
  }
}

/** The string formats that a JSON Schema pattern cannot say, by the name schemas use. Validators register them. */
export const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  'email-address': isEmailAddress,
  'display-safe': isDisplaySafe,
  'web-url': isWebUrl,
};
