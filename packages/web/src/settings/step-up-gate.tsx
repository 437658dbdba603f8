import type { ComponentChildren } from 'preact';
import { useText } from '../messages/use-text.js';
import { CodeField } from '../ui/code-field.js';
import { Form } from '../ui/form.js';
import { SubmitButton } from '../ui/submit-button.js';
import { useStore } from '../ui/use-store.js';
import { SettingsCard } from './settings-card.js';
import { STEP_UP_LENGTH, type StepUp } from './step-up.js';

/** The question for mailed digits, in place of the page whose change waits for them. */
export function StepUpGate({ stepUp, children }: { readonly stepUp: StepUp; readonly children: ComponentChildren }) {
  const text = useText();
  const { asking, email, busy, error, failure, notice } = useStore(stepUp.state);
  if (!asking) return <>{children}</>;
  return (
    <SettingsCard
      heading={text('step-up-heading')}
      lead={text('step-up-lead', { email })}
      attempt={{ busy, error, failure, notice }}
      hasField
      ways={
        <>
          <button type="button" class="quiet" onClick={stepUp.resend}>
            {text('step-up-resend')}
          </button>
          <button type="button" class="quiet" onClick={stepUp.cancel}>
            {text('settings-cancel')}
          </button>
        </>
      }
    >
      <Form busy={busy} onSubmit={(fields) => stepUp.submit(fields['code'] ?? '')}>
        <CodeField label={text('step-up-label')} length={STEP_UP_LENGTH} error={error} />
        <SubmitButton label={text('step-up-action')} busyLabel={text('settings-busy')} busy={busy} />
      </Form>
    </SettingsCard>
  );
}
