import { useText } from '../messages/use-text.js';
import type { NewPasswordErrors } from '../passwords/new-password.js';
import { PasswordField } from './password-field.js';

/** A password to choose, and the same once more. */
export function NewPasswordFields({
  passwordError,
  confirmError,
  first = true,
}: NewPasswordErrors & { readonly first?: boolean }) {
  const text = useText();
  return (
    <>
      <PasswordField
        name="password"
        label={text('new-password-label')}
        autoComplete="new-password"
        hint={text('new-password-hint')}
        error={passwordError}
        first={first}
      />
      <PasswordField
        name="passwordConfirm"
        label={text('new-password-confirm-label')}
        autoComplete="new-password"
        error={confirmError}
      />
    </>
  );
}
