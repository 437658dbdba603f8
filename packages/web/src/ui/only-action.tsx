import { Form } from './form.js';
import { SubmitButton } from './submit-button.js';

/** The one thing that can be done on a page without fields. */
export function OnlyAction({ label, onSubmit }: { readonly label: string; readonly onSubmit: () => void }) {
  return (
    <Form busy={false} onSubmit={onSubmit}>
      <SubmitButton label={label} busyLabel={label} busy={false} />
    </Form>
  );
}
