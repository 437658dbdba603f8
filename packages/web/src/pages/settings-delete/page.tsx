import { resource as english } from '../../messages/en/settings-delete.ftl';
import { useText } from '../../messages/use-text.js';
import { SettingsCard, settingsMessages } from '../../settings/settings-card.js';
import { Form } from '../../ui/form.js';
import { Identity } from '../../ui/identity.js';
import { PasswordField } from '../../ui/password-field.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createDeleteModel } from './model.js';

export const messages = [settingsMessages, { name: 'settings-delete', english }];

export function Page() {
  const text = useText();
  const [model, state] = useModel(createDeleteModel);
  const { email, connected = [], busy, error } = state;
  return (
    <SettingsCard heading={text('delete-heading')} lead={text('delete-lead')} attempt={state}>
      <ul class="destroyed">
        <li>{text('delete-loses-account')}</li>
        <li>{text('delete-loses-data')}</li>
        {connected.map((name) => (
          <li key={name}>{text('delete-loses-service', { name })}</li>
        ))}
      </ul>
      <Form busy={busy} onSubmit={(fields) => model.submit(fields['password'] ?? '')}>
        <Identity email={email} forPassword />
        <PasswordField name="password" label={text('password-label')} autoComplete="current-password" error={error} />
        <SubmitButton label={text('delete-action')} busyLabel={text('delete-busy')} busy={busy} calm />
      </Form>
    </SettingsCard>
  );
}
