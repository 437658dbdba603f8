import { resource as english } from '../../messages/en/recovery-key.ftl';
import { useText } from '../../messages/use-text.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Notice } from '../../ui/notice.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { TextField } from '../../ui/text-field.js';
import { useModel } from '../../ui/use-model.js';
import { createRecoveryKeyModel } from './model.js';

export const messages = { name: 'recovery-key', english };

export function Page() {
  const text = useText();
  const [model, { busy, error, failure }] = useModel(createRecoveryKeyModel);
  return (
    <Card
      heading={text('recovery-key-heading')}
      lead={text('recovery-key-lead')}
      failed={error !== undefined || failure !== undefined}
    >
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={(fields) => model.submit(fields['recoveryKey'] ?? '')}>
        <TextField
          name="recoveryKey"
          type="text"
          label={text('recovery-key-label')}
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          class="key"
          hint={text('recovery-key-hint')}
          error={error}
          first
        />
        <SubmitButton label={text('recovery-key-action')} busyLabel={text('recovery-key-busy')} busy={busy} />
      </Form>
      <p class="ways">
        <span>{text('recovery-key-without-warning')}</span>
        <QuietLink label={text('recovery-key-without')} to="/complete_reset_password" onFollow={model.goOnWithout} />
      </p>
    </Card>
  );
}
