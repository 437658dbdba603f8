import { resource as newPassword } from '../../messages/en/new-password.ftl';
import { resource as english } from '../../messages/en/settings-password.ftl';
import { useText } from '../../messages/use-text.js';
import { loadCommonPasswords } from '../../passwords/common-passwords.js';
import type { Services } from '../../services.js';
import { useServices } from '../../services.js';
import { BackToSettings, SettingsCard, settingsMessages } from '../../settings/settings-card.js';
import { Form } from '../../ui/form.js';
import { Identity } from '../../ui/identity.js';
import { NewPasswordFields } from '../../ui/new-password-fields.js';
import { PasswordField } from '../../ui/password-field.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createChangePasswordModel } from './model.js';

export const messages = [
  settingsMessages,
  { name: 'settings-password', english },
  { name: 'new-password', english: newPassword },
];

const createModel = (services: Services) => createChangePasswordModel(services, loadCommonPasswords);

export function Page() {
  const text = useText();
  const { navigation } = useServices();
  const [model, state] = useModel(createModel);
  const { email, busy, error, passwordError, confirmError } = state;
  return (
    <SettingsCard
      heading={text('change-password-heading')}
      lead={text('change-password-lead')}
      attempt={{ ...state, error: error ?? passwordError ?? confirmError }}
      hasField
      ways={
        <>
          <QuietLink
            label={text('change-password-forgotten')}
            to="/reset_password"
            onFollow={() => navigation.go('/reset_password', { email })}
          />
          <BackToSettings />
        </>
      }
    >
      <Form
        busy={busy}
        onSubmit={(fields) =>
          model.submit(fields['oldPassword'] ?? '', fields['password'] ?? '', fields['passwordConfirm'] ?? '')
        }
      >
        <Identity email={email} forPassword />
        <PasswordField
          name="oldPassword"
          label={text('change-password-old')}
          autoComplete="current-password"
          error={error}
          first
        />
        <NewPasswordFields
          passwordError={passwordError}
          confirmError={confirmError}
          first={false}
          labels={{ password: text('change-password-new'), again: text('change-password-new-again') }}
        />
        <SubmitButton label={text('change-password-action')} busyLabel={text('change-password-busy')} busy={busy} />
      </Form>
    </SettingsCard>
  );
}
