import { resource as english } from '../../messages/en/settings-emails.ftl';
import { useText } from '../../messages/use-text.js';
import { SettingsCard, settingsMessages } from '../../settings/settings-card.js';
import { StepUpGate } from '../../settings/step-up-gate.js';
import { Form } from '../../ui/form.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { TextField } from '../../ui/text-field.js';
import { useLater } from '../../ui/use-later.js';
import { useModel } from '../../ui/use-model.js';
import { type Address, createEmailsModel, type EmailsModel } from './model.js';
import type { PartProps } from './proof.js';

export const messages = [settingsMessages, { name: 'settings-emails', english }];

const loadProof = () => import('./proof.js');

export function Page() {
  const [model, state] = useModel(createEmailsModel);
  const part = useLater(loadProof, state.proving !== undefined);
  return (
    <StepUpGate stepUp={model.stepUp}>
      {part === undefined || state.proving === undefined ? (
        <Addresses model={model} state={state} />
      ) : (
        <part.Proof model={model} state={state} email={state.proving} />
      )}
    </StepUpGate>
  );
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
  const way = (id: 'prove' | 'make-primary' | 'remove', act: (email: string) => Promise<void>) => (
    <button type="button" class="quiet" aria-label={text(`emails-${id}-what`, { email })} onClick={() => act(email)}>
      {text(`emails-${id}`)}
    </button>
  );
  return (
    <li class="entry">
      <div>
        <bdi class="entry-name">{email}</bdi>
        {isPrimary && <p class="hint">{text('emails-primary')}</p>}
        {!verified && <p class="hint">{text('emails-unproven')}</p>}
      </div>
      {!isPrimary && !verified && way('prove', model.prove)}
      {!isPrimary && verified && way('make-primary', model.makePrimary)}
      {!isPrimary && way('remove', model.remove)}
    </li>
  );
}
