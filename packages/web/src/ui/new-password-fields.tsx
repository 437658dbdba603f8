import { useText } from '../messages/use-text.js';
import type { NewPasswordErrors } from '../passwords/new-password.js';
import { PasswordField } from './password-field.js';

interface NewPasswordFieldsProps extends NewPasswordErrors {
  readonly first?: boolean;
  /** Where an old password is asked for beside it. */
  readonly labels?: { readonly password: string; readonly again: string };
}

/** A password to choose, and the same once more. */
export function NewPasswordFields({ passwordError, confirmError, first = true, labels }: NewPasswordFieldsProps) {
  const text = useText();
  return (
    <>
      <PasswordField
        name="password"
        label={labels?.password ?? text('new-password-label')}
        autoComplete="new-password"
        hint={text('new-password-hint')}
        error={passwordError}
        first={first}
      />
      <PasswordField
        name="passwordConfirm"
        label={labels?.again ?? text('new-password-confirm-label')}
        autoComplete="new-password"
        error={confirmError}
      />
    </>
  );
}
