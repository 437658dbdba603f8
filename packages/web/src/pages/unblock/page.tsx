import { entryPath } from '../../flow/steps.js';
import { resource as english } from '../../messages/en/unblock.ftl';
import { useText } from '../../messages/use-text.js';
import { useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Notice } from '../../ui/notice.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { TextField } from '../../ui/text-field.js';
import { useModel } from '../../ui/use-model.js';
import { createUnblockModel } from './model.js';

export const messages = { name: 'unblock', english };

export function Page() {
  const text = useText();
  const services = useServices();
  const [model, { email, busy, error, failure, notice }] = useModel(createUnblockModel);
  return (
    <Card
      heading={text('unblock-heading')}
      lead={text(services.config.hideAccounts ? 'unblock-lead-hidden' : 'unblock-lead', { email })}
      failed={error !== undefined || failure !== undefined}
    >
      <Notice kind="news" message={notice} />
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={(fields) => model.submit(fields['code'] ?? '')}>
        <TextField
          name="code"
          type="text"
          label={text('unblock-label')}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellcheck={false}
          class="code"
          error={error}
          first
        />
        <SubmitButton label={text('unblock-action')} busyLabel={text('unblock-busy')} busy={busy} />
      </Form>
      <p class="ways">
        <button type="button" class="quiet" onClick={model.resend}>
          {text('unblock-resend')}
        </button>
        <QuietLink label={text('use-another-account')} to={entryPath(services)} onFollow={model.useAnother} />
      </p>
    </Card>
  );
}
