import { resource as keep } from '../../messages/en/keep.ftl';
import { resource as english } from '../../messages/en/two-step-set-up.ftl';
import { useText } from '../../messages/use-text.js';
import { KeepSecret } from '../../settings/keep-secret.js';
import { SettingsCard } from '../../settings/settings-card.js';
import { CodeField } from '../../ui/code-field.js';
import { Form } from '../../ui/form.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { type Offer, TOTP_LENGTH, type TwoStepModel, type TwoStepState } from './model.js';

export const messages = [
  { name: 'two-step-set-up', english },
  { name: 'keep', english: keep },
];

export interface PartProps {
  readonly model: TwoStepModel;
  readonly state: TwoStepState;
}

/** The secret as a picture and as text, and the proof that the authenticator has it. */
export function SetUp({ model, state, offer }: PartProps & { readonly offer: Offer }) {
  const text = useText();
  const { busy, error } = state;
  const { picture, secret } = offer;
  return (
    <SettingsCard
      heading={text('two-step-scan-heading')}
      lead={text('two-step-scan-lead')}
      attempt={state}
      hasField
      ways={
        <button type="button" class="quiet" onClick={model.done}>
          {text('settings-cancel')}
        </button>
      }
    >
      <svg class="qr" viewBox={`0 0 ${picture.size} ${picture.size}`} role="img" aria-label={text('two-step-picture')}>
        <path d={picture.path} shape-rendering="crispEdges" />
      </svg>
      <p class="hint">{text('two-step-secret')}</p>
      <p class="secret">{secret}</p>
      <Form busy={busy} onSubmit={(fields) => model.confirm(fields['code'] ?? '')}>
        <CodeField label={text('two-step-code')} length={TOTP_LENGTH} error={error} />
        <SubmitButton label={text('two-step-confirm')} busyLabel={text('settings-busy')} busy={busy} />
      </Form>
    </SettingsCard>
  );
}

/** The backup codes, shown this once. */
export function Codes({ model, state, codes }: PartProps & { readonly codes: readonly string[] }) {
  const text = useText();
  return (
    <SettingsCard heading={text('two-step-codes-heading')} lead={text('two-step-codes-lead')} attempt={state} ways="">
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <KeepSecret content={`${codes.join('\n')}\n`} fileName="backup-codes.txt" />
      <Form busy={false} onSubmit={model.done}>
        <SubmitButton label={text('two-step-codes-kept')} busyLabel={text('settings-busy')} busy={false} />
      </Form>
    </SettingsCard>
  );
}
