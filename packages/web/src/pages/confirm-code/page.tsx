import { useEffect } from 'preact/hooks';
import { entryPath } from '../../flow/steps.js';
import { resource as english } from '../../messages/en/confirm-code.ftl';
import { useText } from '../../messages/use-text.js';
import { useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { CodeField } from '../../ui/code-field.js';
import { Form } from '../../ui/form.js';
import { Notice } from '../../ui/notice.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { CODE_LENGTH, createConfirmCodeModel } from './model.js';

export const messages = { name: 'confirm-code', english };

export function Page() {
  const text = useText();
  const services = useServices();
  const [model, { email, kind, busy, error, failure, notice }] = useModel(createConfirmCodeModel);
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && model.lookAgain();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [model]);

  return (
    <Card
      heading={text(`confirm-${kind}-heading`)}
      lead={text(`confirm-${kind}-lead`, { email })}
      failed={error !== undefined || failure !== undefined}
    >
      <Notice kind="news" message={notice} />
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={(fields) => model.submit(fields['code'] ?? '')}>
        <CodeField label={text('confirm-label')} length={CODE_LENGTH} error={error} />
        <SubmitButton label={text('confirm-action')} busyLabel={text('confirm-busy')} busy={busy} />
      </Form>
      <p class="ways">
        <button type="button" class="quiet" onClick={model.resend}>
          {text('confirm-resend')}
        </button>
        <QuietLink label={text('use-another-account')} to={entryPath(services)} onFollow={model.useAnother} />
      </p>
    </Card>
  );
}
