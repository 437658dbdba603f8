import { resource as english } from '../../messages/en/settings-emails.ftl';
import { useText } from '../../messages/use-text.js';
import { SettingsCard, settingsMessages } from '../../settings/settings-card.js';
import { StepUpGate } from '../../settings/step-up-gate.js';
import { CodeField } from '../../ui/code-field.js';
import { Form } from '../../ui/form.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { TextField } from '../../ui/text-field.js';
import { useModel } from '../../ui/use-model.js';
import { type Address, createEmailsModel, EMAIL_CODE_LENGTH, type EmailsModel, type EmailsState } from './model.js';

export const messages = [settingsMessages, { name: 'settings-emails', english }];

export function Page() {
  const [model, state] = useModel(createEmailsModel);
  return (
    <StepUpGate stepUp={model.stepUp}>
      {state.proving === undefined ? (
        <Addresses model={model} state={state} />
      ) : (
        <Proof model={model} state={state} email={state.proving} />
      )}
    </StepUpGate>
  );
}

interface PartProps {
  readonly model: EmailsModel;
  readonly state: EmailsState;
}

function Addresses({ model, state }: PartProps) {
  const text = useText();
  const { addresses = [], busy, error } = state;
  return (
    <SettingsCard heading={text('settings-emails')} lead={text('emails-lead')} attempt={state}>
      <ul class="entries" aria-busy={state.addresses === undefined}>
        {addresses.map((address) => (
          <Entry key={address.email} model={model} address={address} />
        ))}
      </ul>
      <Form busy={busy} onSubmit={(fields) => model.add(fields['email'] ?? '')}>
        <TextField
          name="email"
          type="email"
          label={text('emails-add-label')}
          autoComplete="email"
          inputMode="email"
          error={error}
        />
        <SubmitButton label={text('emails-add')} busyLabel={text('settings-busy')} busy={busy} />
      </Form>
    </SettingsCard>
  );
}

function Entry({ model, address }: { readonly model: EmailsModel; readonly address: Address }) {
  const text = useText();
  const { email, isPrimary, verified } = address;
  const way = (id: string, act: (email: string) => Promise<void>) => (
    <button type="button" class="quiet" aria-label={text(`${id}-what`, { email })} onClick={() => act(email)}>
      {text(id)}
    </button>
  );
  return (
    <li class="entry">
      <div>
        <bdi class="entry-name">{email}</bdi>
        {isPrimary && <p class="hint">{text('emails-primary')}</p>}
        {!verified && <p class="hint">{text('emails-unproven')}</p>}
      </div>
      {!isPrimary && !verified && way('emails-prove', model.prove)}
      {!isPrimary && verified && way('emails-make-primary', model.makePrimary)}
      {!isPrimary && way('emails-remove', model.remove)}
    </li>
  );
}

function Proof({ model, state, email }: PartProps & { readonly email: string }) {
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
