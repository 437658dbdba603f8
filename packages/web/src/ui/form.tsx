import type { ComponentChildren } from 'preact';

interface FormProps {
  /** Gets the fields by name. */
  readonly onSubmit: (fields: Readonly<Record<string, string>>) => void;
  readonly busy: boolean;
  readonly children: ComponentChildren;
}

/** A form whose errors are told by us, in our words. That it is sent once is up to its model, which knows before a page is drawn. */
export function Form({ onSubmit, busy, children }: FormProps) {
  return (
    <form
      method="post"
      noValidate
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(fieldsOf(event.currentTarget));
      }}
    >
      {children}
    </form>
  );
}

function fieldsOf(form: HTMLFormElement): Record<string, string> {
  const entries = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(entries);
}
