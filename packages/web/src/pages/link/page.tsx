import english from '../../messages/en/link.ftl?raw';
import { useText } from '../../messages/use-text.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createLinkModel } from './model.js';

export const messages = { name: 'link', english };

export function Page() {
  const text = useText();
  const [model, { kind, phase, failure, retry, signedInHere }] = useModel(createLinkModel);
  if (phase === 'working') return <Card heading={text('link-working-heading')} focusHeading />;
  if (phase === 'confirmed') {
    return (
      <Card heading={text(`link-${kind}-heading`)} lead={text('link-done-text')} focusHeading>
        {signedInHere && <Action label={text('link-continue')} onSubmit={model.goToStart} />}
      </Card>
    );
  }
  return (
    <Card heading={text('link-failed-heading')} lead={failure && text.of(failure)} failed focusHeading>
      {retry ? (
        <Action label={text('problem-action-retry')} onSubmit={model.verify} />
      ) : (
        <Action label={text('problem-action-start')} onSubmit={model.goToStart} />
      )}
    </Card>
  );
}

function Action({ label, onSubmit }: { readonly label: string; readonly onSubmit: () => void }) {
  return (
    <Form busy={false} onSubmit={onSubmit}>
      <SubmitButton label={label} busyLabel={label} busy={false} />
    </Form>
  );
}
