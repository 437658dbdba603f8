import { setLocale } from '@foxden/auth-client';
import { chooseLanguage, chosenLanguage } from '../../messages/chosen-language.js';
import { message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { type Attempt, attempt, readOnArrival } from '../../settings/attempt.js';
import { sessionOf } from '../../settings/owner.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface LanguageState extends Attempt {
  /** BCP 47 tag; undefined where the browser's own list decides. */
  readonly chosen: string | undefined;
}

export interface LanguageModel extends Model<LanguageState> {
  /** @param tag empty for the languages of the browser */
  choose(tag: string): Promise<void>;
}

/**
 * The language of the pages in this browser, and of the mails to the account (decision 0020).
 * @param storage of the browser, where the choice is kept
 * @param browserLanguages what the browser asks for by itself, the best first
 */
export function createLanguageModel(
  services: Services,
  storage: Storage,
  browserLanguages: readonly string[],
): LanguageModel {
  const { client, navigation } = services;
  const { notice } = navigation.here().state;
  const state = createStore<LanguageState>({ busy: false, notice, chosen: chosenLanguage(storage) });
  return {
    state,
    start() {
      readOnArrival(services, state, async () => undefined);
      return undefined;
    },
    choose: (tag) =>
      attempt(services, state, async () => {
        const chosen = tag || undefined;
        await setLocale(client, sessionOf(services), chosen ?? acceptLanguage(browserLanguages));
        const isOther = chosen !== chosenLanguage(storage);
        chooseLanguage(storage, chosen);
        state.set({ chosen });
        if (!isOther) return message('language-saved');
        navigation.remember({ notice: message('language-saved') });
        // All texts are another's now.
        navigation.reload();
        return undefined;
      }),
  };
}

/** What the browser would send: all that fits into a header of 255 characters. */
function acceptLanguage(languages: readonly string[]): string {
  const fitting = languages.filter((_, index) => languages.slice(0, index + 1).join(',').length <= 255);
  return fitting.join(',') || '*';
}
