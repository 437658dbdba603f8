import { resource as english } from '../../messages/en/settings-activity.ftl';
import { useText } from '../../messages/use-text.js';
import { SettingsCard, settingsMessages } from '../../settings/settings-card.js';
import { useDate } from '../../settings/use-date.js';
import { useModel } from '../../ui/use-model.js';
import { createActivityModel } from './model.js';

export const messages = [settingsMessages, { name: 'settings-activity', english }];

export function Page() {
  const text = useText();
  const date = useDate();
  const [, state] = useModel(createActivityModel);
  return (
    <SettingsCard heading={text('settings-activity')} lead={text('activity-lead')} attempt={state}>
      <ul class="entries" aria-busy={state.events === undefined}>
        {state.events?.map(({ key, words, at }) => (
          <li class="entry" key={key}>
            <span>{text.of(words)}</span>
            <span class="row-state">{date(at)}</span>
          </li>
        ))}
      </ul>
    </SettingsCard>
  );
}
