import { resource as english } from '../../messages/en/emails-proof.ftl';
import { resource as stepUp } from '../../messages/en/step-up.ftl';
import { useText } from '../../messages/use-text.js';
import { SettingsCard } from '../../settings/settings-card.js';
import { CodeField } from '../../ui/code-field.js';
import { Form } from '../../ui/form.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { EMAIL_CODE_LENGTH, type EmailsModel, type EmailsState } from './model.js';

export const messages = [
  { name: 'emails-proof', english },
  { name: 'step-up', english: stepUp },
];

export interface PartProps {
  readonly model: EmailsModel;
  readonly state: EmailsState;
}

/** The digits that prove an address. */
export function Proof({ model, state, email }: PartProps & { readonly email: string }) {
  const text = useText();
  const { busy, error } = state;
  return (
    <SettingsCard
      heading={text('emails-proof-heading')}
      lead={text('emails-code-sent', { email })}
      attempt={{ ...state, notice: undefined }}
      hasField
      ways={
        <>
          <button type="button" class="quiet" onClick={() => model.prove(email)}>
            {text('step-up-resend')}
          </button>
          <button type="button" class="quiet" onClick={model.leave}>
            {text('settings-cancel')}
          </button>
        </>
      }
    >
      <Form busy={busy} onSubmit={(fields) => model.submitCode(fields['code'] ?? '')}>
        <CodeField label={text('step-up-label')} length={EMAIL_CODE_LENGTH} error={error} />
        <SubmitButton label={text('step-up-action')} busyLabel={text('settings-busy')} busy={busy} />
      </Form>
    </SettingsCard>
  );
}
