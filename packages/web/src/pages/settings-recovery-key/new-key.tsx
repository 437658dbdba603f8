import { resource as keep } from '../../messages/en/keep.ftl';
import { resource as english } from '../../messages/en/new-recovery-key.ftl';
import { useText } from '../../messages/use-text.js';
import { KeepSecret } from '../../settings/keep-secret.js';
import { SettingsCard } from '../../settings/settings-card.js';
import { Form } from '../../ui/form.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { TextField } from '../../ui/text-field.js';
import type { KeySettingsModel, KeySettingsState } from './model.js';

export const messages = [
  { name: 'new-recovery-key', english },
  { name: 'keep', english: keep },
];

export interface PartProps {
  readonly model: KeySettingsModel;
  readonly state: KeySettingsState;
}

/** A new key, shown this once, and where it is kept. */
export function NewKey({ model, state, recoveryKey }: PartProps & { readonly recoveryKey: string }) {
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
          optional
        />
        <SubmitButton label={text('key-keep')} busyLabel={text('settings-busy')} busy={busy} />
      </Form>
    </SettingsCard>
  );
}
