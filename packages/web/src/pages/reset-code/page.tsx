import { resource as english } from '../../messages/en/reset-password.ftl';
import { useText } from '../../messages/use-text.js';
import { useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { CodeField } from '../../ui/code-field.js';
import { Form } from '../../ui/form.js';
import { Notice } from '../../ui/notice.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { CODE_LENGTH, createResetCodeModel } from './model.js';

export const messages = { name: 'reset-password', english };

export function Page() {
  const text = useText();
  const { config } = useServices();
  const [model, { email, busy, error, failure, notice }] = useModel(createResetCodeModel);
  return (
    <Card
      heading={text('reset-code-heading')}
      lead={text(config.hideAccounts ? 'reset-code-lead-hidden' : 'reset-code-lead', { email })}
      failed={error !== undefined || failure !== undefined}
    >
      <Notice kind="news" message={notice} />
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={(fields) => model.submit(fields['code'] ?? '')}>
        <CodeField label={text('reset-code-label')} length={CODE_LENGTH} error={error} />
        <SubmitButton label={text('reset-code-action')} busyLabel={text('reset-code-busy')} busy={busy} />
      </Form>
      <p class="ways">
        <button type="button" class="quiet" onClick={model.resend}>
          {text('reset-code-resend')}
        </button>
        <QuietLink label={text('reset-code-another')} to="/reset_password" onFollow={model.useAnother} />
      </p>
    </Card>
  );
}
