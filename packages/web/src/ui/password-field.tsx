import { useState } from 'preact/hooks';
import type { Message } from '../messages/message.js';
import { useText } from '../messages/use-text.js';
import { TextField } from './text-field.js';

interface PasswordFieldProps {
  readonly name: 'password' | 'passwordConfirm' | 'oldPassword';
  readonly label: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly hint?: string | undefined;
  readonly error?: Message | undefined;
  readonly first?: boolean | undefined;
}

/** A password with a button that shows what was typed. */
export function PasswordField(props: PasswordFieldProps) {
  const text = useText();
  const [shown, setShown] = useState(false);
  return (
    <TextField {...props} type={shown ? 'text' : 'password'} spellcheck={false} autoCapitalize="none" class="password">
      <button
        type="button"
        class="reveal"
        aria-pressed={shown}
        aria-controls={props.name}
        aria-label={text('show-password')}
        onClick={() => setShown(!shown)}
      >
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
          <path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12z" />
          <circle cx="12" cy="12" r="3" />
          {!shown && <path d="M4 20 20 4" />}
        </svg>
      </button>
    </TextField>
  );
}
