import type { Message } from '../messages/message.js';
import { digitsOf } from './digits.js';
import { TextField } from './text-field.js';

interface CodeFieldProps {
  readonly label: string;
  /** How many digits a whole code has. */
  readonly length: number;
  readonly error?: Message | undefined;
}

/** A code of digits. Spaces and dashes of a pasted one go away, and a full code sends itself. */
export function CodeField({ label, length, error }: CodeFieldProps) {
  const tidy = (input: HTMLInputElement) => {
    const digits = digitsOf(input.value);
    if (digits.length < length) return;
    input.value = digits.slice(0, length);
    input.form?.requestSubmit();
  };
  return (
    <TextField
      name="code"
      type="text"
      label={label}
      autoComplete="one-time-code"
      inputMode="numeric"
      spellcheck={false}
      class="code"
      onInput={tidy}
      error={error}
      first
    />
  );
}
