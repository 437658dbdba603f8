import { useText } from '../../messages/use-text.js';
import { useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { EmailField } from '../../ui/email-field.js';
import { Form } from '../../ui/form.js';
import { Notice } from '../../ui/notice.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createEmailModel } from './model.js';

export function Page() {
  const text = useText();
  const { flow } = useServices();
  const [model, { email, busy, error, failure, notice }] = useModel(createEmailModel);
  const client = flow.oauth?.client.name;
  return (
    <Card
      heading={text('email-heading')}
      lead={client === undefined ? text('email-lead') : text('to-continue-to', { client })}
      failed={error !== undefined || failure !== undefined}
    >
      <Notice kind="news" message={notice} />
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={(fields) => model.submit(fields['email'] ?? '')}>
        <EmailField label={text('email-label')} defaultValue={email} error={error} first />
        <SubmitButton label={text('email-action')} busyLabel={text('email-busy')} busy={busy} />
      </Form>
    </Card>
  );
}
