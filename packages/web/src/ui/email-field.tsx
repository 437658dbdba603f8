import { TextField, type TextFieldProps } from './text-field.js';

/** The address that somebody signs in with, so that password managers know it. */
export function EmailField(props: Pick<TextFieldProps, 'label' | 'defaultValue' | 'error' | 'first'>) {
  return (
    <TextField
      {...props}
      name="email"
      type="email"
      autoComplete="username"
      inputMode="email"
      autoCapitalize="none"
      spellcheck={false}
    />
  );
}
