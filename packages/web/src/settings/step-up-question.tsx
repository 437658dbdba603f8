import { resource as english } from '../messages/en/step-up.ftl';
import { useText } from '../messages/use-text.js';
import { CodeField } from '../ui/code-field.js';
import { Form } from '../ui/form.js';
import { SubmitButton } from '../ui/submit-button.js';
import { useStore } from '../ui/use-store.js';
import { SettingsCard } from './settings-card.js';
import { STEP_UP_LENGTH, type StepUp } from './step-up.js';

export const messages = { name: 'step-up', english };

/** The question for the digits that were mailed. */
export function StepUpQuestion({ stepUp }: { readonly stepUp: StepUp }) {
  const text = useText();
  const state = useStore(stepUp.state);
  const { email, busy, error } = state;
  return (
    <SettingsCard
      heading={text('step-up-heading')}
      lead={text('step-up-lead', { email })}
      attempt={state}
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
