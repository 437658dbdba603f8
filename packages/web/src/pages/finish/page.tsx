import { resource as english } from '../../messages/en/finish.ftl';
import { useText } from '../../messages/use-text.js';
import { useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Notice } from '../../ui/notice.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createFinishModel } from './model.js';

export const messages = { name: 'finish', english };

export function Page() {
  const text = useText();
  const { browser, oauth } = useServices().flow;
  const [model, { busy, failure }] = useModel(createFinishModel);
  return (
    <Card
      heading={
        browser === undefined
          ? text('finish-heading', { client: oauth?.client.name ?? '' })
          : text('finish-browser-heading')
      }
      failed={failure !== undefined}
      focusHeading
    >
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={model.submit}>
        <SubmitButton label={text('finish-action')} busyLabel={text('finish-busy')} busy={busy} />
      </Form>
    </Card>
  );
}
