import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Message } from '../messages/message.js';
import { useText } from '../messages/use-text.js';

export interface TextFieldProps {
  readonly name: string;
  readonly type: 'email' | 'text' | 'password';
  readonly label: string;
  readonly autoComplete: string;
  readonly inputMode?: 'email' | 'numeric' | undefined;
  readonly autoCapitalize?: 'none' | undefined;
  readonly spellcheck?: boolean | undefined;
  readonly defaultValue?: string | undefined;
  readonly onInput?: ((input: HTMLInputElement) => void) | undefined;
  readonly hint?: string | undefined;
  /** Replaced by another object for every failed attempt, so that the field is focused each time. */
  readonly error?: Message | undefined;
  /** It may be left empty. */
  readonly optional?: boolean | undefined;
  /** The first field of its page. */
  readonly first?: boolean | undefined;
  /** What stands inside the frame of the field, after the input. */
  readonly children?: ComponentChildren;
  readonly class?: string | undefined;
}

/** Preact types the attributes of an input by its type, so the type is handed on as the constant it is. */
const TYPES = { email: { type: 'email' }, text: { type: 'text' }, password: { type: 'password' } } as const;

/** A labelled input whose hint and error are tied to it. */
export function TextField(props: TextFieldProps) {
  const {
    name,
    label,
    hint,
    error,
    first = false,
    optional = false,
    children,
    class: className,
    type,
    onInput,
    ...input
  } = props;
  const text = useText();
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (first) ref.current?.focus();
  }, [first]);
  useEffect(() => {
    if (error === undefined) return;
    ref.current?.focus();
    ref.current?.select();
  }, [error]);
  const describedBy = [hint === undefined ? '' : `${name}-hint`, error === undefined ? '' : `${name}-error`];
  return (
    <div class={`field ${className ?? ''}`}>
      <label for={name}>{label}</label>
      <div class="field-frame">
        <input
          {...input}
          ref={ref}
          id={name}
          {...TYPES[type]}
          onInput={(event) => onInput?.(event.currentTarget)}
          name={name}
          required={!optional}
          aria-invalid={error !== undefined}
          aria-describedby={describedBy.join(' ').trim() || undefined}
        />
        {children}
      </div>
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p class="error" id={`${name}-error`} role="alert">
          {text.of(error)}
        </p>
      )}
    </div>
  );
}
