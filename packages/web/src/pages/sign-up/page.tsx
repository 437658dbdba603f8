import { entryPath, signInPath } from '../../flow/steps.js';
import { resource as english } from '../../messages/en/new-password.ftl';
import { useText } from '../../messages/use-text.js';
import { loadCommonPasswords } from '../../passwords/common-passwords.js';
import { type Services, useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Identity } from '../../ui/identity.js';
import { NewPasswordFields } from '../../ui/new-password-fields.js';
import { Notice } from '../../ui/notice.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createSignUpModel } from './model.js';

export const messages = { name: 'new-password', english };

const createModel = (services: Services) => createSignUpModel(services, loadCommonPasswords);

export function Page() {
  const text = useText();
  const services = useServices();
  const [model, { email, busy, passwordError, confirmError, failure }] = useModel(createModel);
  const { config, flow } = services;
  const client = flow.oauth?.client.name;
  return (
    <Card
      heading={text('sign-up-heading')}
      lead={client === undefined ? undefined : text('to-continue-to', { client })}
      failed={passwordError !== undefined || confirmError !== undefined || failure !== undefined}
    >
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={(fields) => model.submit(fields['password'] ?? '', fields['passwordConfirm'] ?? '')}>
        <Identity email={email} forPassword />
        <NewPasswordFields passwordError={passwordError} confirmError={confirmError} />
        <SubmitButton label={text('sign-up-action')} busyLabel={text('sign-up-busy')} busy={busy} />
      </Form>
      <p class="ways">
        {config.hideAccounts && (
          <QuietLink label={text('sign-up-sign-in')} to={signInPath(services)} onFollow={model.signInInstead} />
        )}
        <QuietLink label={text('use-another-account')} to={entryPath(services)} onFollow={model.useAnother} />
      </p>
    </Card>
  );
}
