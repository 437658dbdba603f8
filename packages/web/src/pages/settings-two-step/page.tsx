import { resource as english } from '../../messages/en/settings-two-step.ftl';
import { useText } from '../../messages/use-text.js';
import type { Services } from '../../services.js';
import { SettingsCard, settingsMessages } from '../../settings/settings-card.js';
import { StepUpGate } from '../../settings/step-up-gate.js';
import { Form } from '../../ui/form.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useLater } from '../../ui/use-later.js';
import { useModel } from '../../ui/use-model.js';
import { createTwoStepModel } from './model.js';
import type { PartProps } from './set-up.js';

export const messages = [settingsMessages, { name: 'settings-two-step', english }];

const createModel = (services: Services) =>
  createTwoStepModel(services, async (content) => (await import('../../settings/qr-code.js')).qrCode(content));

const loadParts = () => import('./set-up.js');

export function Page() {
  const [model, state] = useModel(createModel);
  const { codes, offer } = state;
  const parts = useLater(loadParts, codes !== undefined || offer !== undefined);
  return (
    <StepUpGate stepUp={model.stepUp}>
      {parts !== undefined && codes !== undefined ? (
        <parts.Codes model={model} state={state} codes={codes} />
      ) : parts !== undefined && offer !== undefined ? (
        <parts.SetUp model={model} state={state} offer={offer} />
      ) : (
        <Standing model={model} state={state} />
      )}
    </StepUpGate>
  );
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
            <button type="button" class="second-action" onClick={model.begin}>
              {text('two-step-replace')}
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
