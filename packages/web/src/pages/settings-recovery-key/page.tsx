import { resource as english } from '../../messages/en/settings-recovery-key.ftl';
import { useText } from '../../messages/use-text.js';
import { KeepSecret } from '../../settings/keep-secret.js';
import { SettingsCard, settingsMessages } from '../../settings/settings-card.js';
import { StepUpGate } from '../../settings/step-up-gate.js';
import { Form } from '../../ui/form.js';
import { Identity } from '../../ui/identity.js';
import { PasswordField } from '../../ui/password-field.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { TextField } from '../../ui/text-field.js';
import { useModel } from '../../ui/use-model.js';
import { createKeySettingsModel, type KeySettingsModel, type KeySettingsState } from './model.js';

export const messages = [settingsMessages, { name: 'settings-recovery-key', english }];

export function Page() {
  const [model, state] = useModel(createKeySettingsModel);
  return (
    <StepUpGate stepUp={model.stepUp}>
      {state.key === undefined ? (
        <Standing model={model} state={state} />
      ) : (
        <NewKey model={model} state={state} recoveryKey={state.key} />
      )}
    </StepUpGate>
  );
}

interface PartProps {
  readonly model: KeySettingsModel;
  readonly state: KeySettingsState;
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

function NewKey({ model, state, recoveryKey }: PartProps & { readonly recoveryKey: string }) {
  const text = useText();
  const { busy, hint, error } = state;
  return (
    <SettingsCard heading={text('key-new-heading')} lead={text('key-new-lead')} attempt={state} ways="">
      <p class="codes">{recoveryKey}</p>
      <KeepSecret content={`${recoveryKey}\n`} fileName="recovery-key.txt" />
      <Form busy={busy} onSubmit={(fields) => model.keep(fields['hint'] ?? '')}>
        <TextField
          name="hint"
          type="text"
          label={text('key-hint-label')}
          hint={text('key-hint-hint')}
          autoComplete="off"
          defaultValue={hint}
          error={error}
        />
        <SubmitButton label={text('key-keep')} busyLabel={text('settings-busy')} busy={busy} />
      </Form>
    </SettingsCard>
  );
}
