import { entryPath } from '../../flow/steps.js';
import { resource as english } from '../../messages/en/sign-up.ftl';
import { useText } from '../../messages/use-text.js';
import { type Services, useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Identity } from '../../ui/identity.js';
import { Notice } from '../../ui/notice.js';
import { PasswordField } from '../../ui/password-field.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { loadCommonPasswords } from './common-passwords.js';
import { createSignUpModel } from './model.js';

export const messages = { name: 'sign-up', english };

const createModel = (services: Services) => createSignUpModel(services, loadCommonPasswords);

export function Page() {
  const text = useText();
  const services = useServices();
  const [model, { email, busy, passwordError, confirmError, failure }] = useModel(createModel);
  const client = services.flow.oauth?.client.name;
  return (
    <Card
      heading={text('sign-up-heading')}
      lead={client === undefined ? undefined : text('to-continue-to', { client })}
      failed={passwordError !== undefined || confirmError !== undefined || failure !== undefined}
    >
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={(fields) => model.submit(fields['password'] ?? '', fields['passwordConfirm'] ?? '')}>
        <Identity email={email} forPassword />
        <PasswordField
          name="password"
          label={text('sign-up-password-label')}
          autoComplete="new-password"
          hint={text('sign-up-password-hint')}
          error={passwordError}
          first
        />
        <PasswordField
          name="passwordConfirm"
          label={text('sign-up-confirm-label')}
          autoComplete="new-password"
          error={confirmError}
        />
        <SubmitButton label={text('sign-up-action')} busyLabel={text('sign-up-busy')} busy={busy} />
      </Form>
      <p class="ways">
        <QuietLink label={text('use-another-account')} to={entryPath(services)} onFollow={model.useAnother} />
      </p>
    </Card>
  );
}
