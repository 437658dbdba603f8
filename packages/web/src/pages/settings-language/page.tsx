import { resource as english } from '../../messages/en/settings-language.ftl';
import { useText } from '../../messages/use-text.js';
import type { Services } from '../../services.js';
import { SettingsCard, settingsMessages } from '../../settings/settings-card.js';
import { useSite } from '../../site.js';
import { Form } from '../../ui/form.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createLanguageModel } from './model.js';

export const messages = [settingsMessages, { name: 'settings-language', english }];

const createModel = (services: Services) => createLanguageModel(services, localStorage, navigator.languages);

export function Page() {
  const text = useText();
  const [model, state] = useModel(createModel);
  const { languages } = useSite().messages;
  const { chosen = '', busy } = state;
  return (
    <SettingsCard heading={text('settings-language')} lead={text('language-lead')} attempt={state}>
      <Form busy={busy} onSubmit={(fields) => model.choose(fields['language'] ?? '')}>
        <fieldset class="choices one-column">
          <legend class="for-readers">{text('language-label')}</legend>
          <Choice tag="" name={text('language-of-browser')} isChosen={chosen === ''} />
          {languages.map((tag) => (
            <Choice key={tag} tag={tag} name={nameOf(tag)} isChosen={chosen === tag} />
          ))}
        </fieldset>
        <SubmitButton label={text('language-save')} busyLabel={text('settings-busy')} busy={busy} />
      </Form>
    </SettingsCard>
  );
}

/** Each in its own words. */
function nameOf(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}

interface ChoiceProps {
  /** BCP 47; empty for the languages of the browser. */
  readonly tag: string;
  readonly name: string;
  readonly isChosen: boolean;
}

function Choice({ tag, name, isChosen }: ChoiceProps) {
  return (
    <label lang={tag || undefined}>
      <input type="radio" class="check" name="language" value={tag} defaultChecked={isChosen} />
      {name}
    </label>
  );
}
