import { signInPath } from '../../flow/steps.js';
import { resource as english } from '../../messages/en/reset-password.ftl';
import { useText } from '../../messages/use-text.js';
import { useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { EmailField } from '../../ui/email-field.js';
import { Form } from '../../ui/form.js';
import { Notice } from '../../ui/notice.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createResetPasswordModel } from './model.js';

export const messages = { name: 'reset-password', english };

export function Page() {
  const text = useText();
  const services = useServices();
  const [model, { email, busy, error, failure, notice }] = useModel(createResetPasswordModel);
  return (
    <Card
      heading={text('reset-password-heading')}
      lead={text('reset-password-lead')}
      failed={error !== undefined || failure !== undefined}
    >
      <Notice kind="news" message={notice} />
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={(fields) => model.submit(fields['email'] ?? '')}>
        <EmailField label={text('reset-password-label')} defaultValue={email} error={error} first />
        <SubmitButton label={text('reset-password-action')} busyLabel={text('reset-password-busy')} busy={busy} />
      </Form>
      <p class="ways">
        <QuietLink label={text('reset-password-sign-in')} to={signInPath(services)} onFollow={model.signIn} />
      </p>
    </Card>
  );
}
