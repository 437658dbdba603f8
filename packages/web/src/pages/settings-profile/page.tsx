import { resource as english } from '../../messages/en/settings-profile.ftl';
import { useText } from '../../messages/use-text.js';
import { SettingsCard, settingsMessages } from '../../settings/settings-card.js';
import { Form } from '../../ui/form.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { TextField } from '../../ui/text-field.js';
import { useModel } from '../../ui/use-model.js';
import { createProfileModel } from './model.js';

export const messages = [settingsMessages, { name: 'settings-profile', english }];

export function Page() {
  const text = useText();
  const [model, state] = useModel(createProfileModel);
  const { displayName, picture, busy, error } = state;
  return (
    <SettingsCard heading={text('settings-profile')} lead={text('profile-lead')} attempt={state}>
      {picture !== undefined && (
        <section class="section">
          <img class="picture" src={picture.url} alt={text('profile-picture')} width="96" height="96" />
          <div class="field">
            <label for="picture">{text('profile-picture-choose')}</label>
            <input
              id="picture"
              type="file"
              accept="image/png,image/jpeg"
              aria-describedby="picture-hint"
              onChange={({ currentTarget }) => {
                const file = currentTarget.files?.[0];
                if (file !== undefined) void model.upload(file);
                currentTarget.value = '';
              }}
            />
            <p class="hint" id="picture-hint">
              {text('profile-picture-hint')}
            </p>
          </div>
          {picture.isOwn && (
            <button type="button" class="quiet" onClick={model.removePicture}>
              {text('profile-picture-remove')}
            </button>
          )}
        </section>
      )}
      {displayName !== undefined && (
        <Form busy={busy} onSubmit={(fields) => model.rename(fields['displayName'] ?? '')}>
          <TextField
            name="displayName"
            type="text"
            label={text('profile-name')}
            autoComplete="name"
            defaultValue={displayName}
            error={error}
            optional
          />
          <SubmitButton label={text('profile-rename')} busyLabel={text('settings-busy')} busy={busy} />
        </Form>
      )}
    </SettingsCard>
  );
}
