import { entryPath, signUpPath } from '../../flow/steps.js';
import { useText } from '../../messages/use-text.js';
import { useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Identity } from '../../ui/identity.js';
import { Notice } from '../../ui/notice.js';
import { PasswordField } from '../../ui/password-field.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createPasswordModel } from './model.js';

export function Page() {
  const text = useText();
  const services = useServices();
  const { config, flow } = services;
  const [model, { email, again, busy, error, failure, notice }] = useModel(createPasswordModel);
  return (
    <Card
      heading={text(again ? 'password-again-heading' : 'password-heading')}
      lead={useLead(again)}
      failed={error !== undefined || failure !== undefined}
    >
      <Notice kind="news" message={notice} />
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={(fields) => model.submit(fields['password'] ?? '')}>
        <Identity email={email} forPassword />
        <PasswordField
          name="password"
          label={text('password-label')}
          autoComplete="current-password"
          error={error}
          first
        />
        <SubmitButton
          label={text(again ? 'password-again-action' : 'password-action')}
          busyLabel={text('password-busy')}
          busy={busy}
        />
      </Form>
      {flow.browser?.user !== undefined && <p class="ways">{text('browser-taken')}</p>}
      <p class="ways">
        <QuietLink label={text('password-forgotten')} to="/reset_password" onFollow={model.resetPassword} />
        {config.hideAccounts && !again && !flow.emailLocked && (
          <QuietLink label={text('password-create-account')} to={signUpPath(services)} onFollow={model.createAccount} />
        )}
        {!flow.emailLocked && (
          <QuietLink label={text('use-another-account')} to={entryPath(services)} onFollow={model.useAnother} />
        )}
      </p>
    </Card>
  );
}

/** Why the password is asked for. */
function useLead(again: boolean): string | undefined {
  const text = useText();
  const { oauth } = useServices().flow;
  if (oauth === undefined) return undefined;
  const client = oauth.client.name;
  if (!again) return text('to-continue-to', { client });
  return text(oauth.request.keysJwk === undefined ? 'password-again-lead' : 'password-keys-lead', { client });
}
