import { resource as english } from '../../messages/en/settings-two-step.ftl';
import { useText } from '../../messages/use-text.js';
import type { Services } from '../../services.js';
import { KeepSecret } from '../../settings/keep-secret.js';
import { SettingsCard, settingsMessages } from '../../settings/settings-card.js';
import { StepUpGate } from '../../settings/step-up-gate.js';
import { CodeField } from '../../ui/code-field.js';
import { Form } from '../../ui/form.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createTwoStepModel, type Offer, TOTP_LENGTH, type TwoStepModel, type TwoStepState } from './model.js';

export const messages = [settingsMessages, { name: 'settings-two-step', english }];

const createModel = (services: Services) =>
  createTwoStepModel(services, async (content) => (await import('../../settings/qr-code.js')).qrCode(content));

export function Page() {
  const [model, state] = useModel(createModel);
  return (
    <StepUpGate stepUp={model.stepUp}>
      {state.codes !== undefined ? (
        <Codes model={model} state={state} codes={state.codes} />
      ) : state.offer !== undefined ? (
        <SetUp model={model} state={state} offer={state.offer} />
      ) : (
        <Standing model={model} state={state} />
      )}
    </StepUpGate>
  );
}

interface PartProps {
  readonly model: TwoStepModel;
  readonly state: TwoStepState;
}

/** How it stands, and what can be done. */
function Standing({ model, state }: PartProps) {
  const text = useText();
  const { isOn, busy, codesLeft } = state;
  return (
    <SettingsCard heading={text('settings-two-step')} lead={text('two-step-lead')} attempt={state}>
      {isOn === false && (
        <Form busy={busy} onSubmit={model.begin}>
          <SubmitButton label={text('two-step-turn-on')} busyLabel={text('settings-busy')} busy={busy} />
        </Form>
      )}
      {isOn === true && (
        <>
          <p>{text('two-step-is-on', { count: codesLeft })}</p>
          <div class="actions">
            <button type="button" class="second-action" onClick={model.replaceCodes}>
              {text('two-step-replace-codes')}
            </button>
            <button type="button" class="second-action" onClick={model.turnOff}>
              {text('two-step-turn-off')}
            </button>
          </div>
        </>
      )}
    </SettingsCard>
  );
}

function SetUp({ model, state, offer }: PartProps & { readonly offer: Offer }) {
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

function Codes({ model, state, codes }: PartProps & { readonly codes: readonly string[] }) {
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
