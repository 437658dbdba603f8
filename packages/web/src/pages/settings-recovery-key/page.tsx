import { resource as english } from '../../messages/en/settings-recovery-key.ftl';
import { useText } from '../../messages/use-text.js';
import { SettingsCard, settingsMessages } from '../../settings/settings-card.js';
import { StepUpGate } from '../../settings/step-up-gate.js';
import { Form } from '../../ui/form.js';
import { Identity } from '../../ui/identity.js';
import { PasswordField } from '../../ui/password-field.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useLater } from '../../ui/use-later.js';
import { useModel } from '../../ui/use-model.js';
import { createKeySettingsModel } from './model.js';
import type { PartProps } from './new-key.js';

export const messages = [settingsMessages, { name: 'settings-recovery-key', english }];

const loadNewKey = () => import('./new-key.js');

export function Page() {
  const [model, state] = useModel(createKeySettingsModel);
  const part = useLater(loadNewKey, state.key !== undefined);
  return (
    <StepUpGate stepUp={model.stepUp}>
      {part === undefined || state.key === undefined ? (
        <Standing model={model} state={state} />
      ) : (
        <part.NewKey model={model} state={state} recoveryKey={state.key} />
      )}
    </StepUpGate>
  );
}

function Standing({ model, state }: PartProps) {
  const text = useText();
  const { email, exists, hint, busy, error } = state;
  return (
    <SettingsCard heading={text('settings-recovery-key')} lead={text('key-lead')} attempt={state}>
      {exists === true && (
        <>
          <p>{hint === '' ? text('key-exists') : text('key-exists-hint', { hint })}</p>
          <div class="actions">
            <button type="button" class="second-action" onClick={model.remove}>
              {text('key-remove')}
            </button>
          </div>
        </>
      )}
      {exists !== undefined && (
        <Form busy={busy} onSubmit={(fields) => model.create(fields['password'] ?? '')}>
          <Identity email={email} forPassword />
          <PasswordField name="password" label={text('password-label')} autoComplete="current-password" error={error} />
          <SubmitButton
            label={text(exists ? 'key-replace' : 'key-create')}
            busyLabel={text('settings-busy')}
            busy={busy}
          />
        </Form>
      )}
    </SettingsCard>
  );
}
