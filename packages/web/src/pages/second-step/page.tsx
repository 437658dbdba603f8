import { entryPath } from '../../flow/steps.js';
import { resource as english } from '../../messages/en/second-step.ftl';
import { useText } from '../../messages/use-text.js';
import { useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { CodeField } from '../../ui/code-field.js';
import { Form } from '../../ui/form.js';
import { Notice } from '../../ui/notice.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { TextField } from '../../ui/text-field.js';
import { useModel } from '../../ui/use-model.js';
import { createSecondStepModel, TOTP_LENGTH } from './model.js';

export const messages = { name: 'second-step', english };

export function Page() {
  const text = useText();
  const services = useServices();
  const [model, { email, kind, busy, error, failure }] = useModel(createSecondStepModel);
  const label = text(`second-step-${kind}-label`);
  const other = kind === 'backup' ? 'authenticator' : 'backup';
  return (
    <Card
      heading={text(`second-step-${kind}-heading`)}
      lead={text(`second-step-${kind}-lead`, { email })}
      failed={error !== undefined || failure !== undefined}
    >
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={(fields) => model.submit(fields['code'] ?? '')}>
        {kind === 'authenticator' ? (
          <CodeField label={label} length={TOTP_LENGTH} error={error} />
        ) : (
          <TextField
            name="code"
            type="text"
            label={label}
            autoComplete="off"
            autoCapitalize="none"
            spellcheck={false}
            class="key"
            error={error}
            first
          />
        )}
        <SubmitButton label={text('second-step-action')} busyLabel={text('second-step-busy')} busy={busy} />
      </Form>
      <p class="ways">
        <QuietLink label={text(`second-step-${kind}-change`)} to={model.paths[other]} onFollow={model.change} />
        {model.useRecoveryKey !== undefined && (
          <QuietLink
            label={text('second-step-recovery-key')}
            to="/account_recovery_confirm_key"
            onFollow={model.useRecoveryKey}
          />
        )}
        <QuietLink label={text('use-another-account')} to={entryPath(services)} onFollow={model.leave} />
      </p>
    </Card>
  );
}
