import { resource as english } from '../../messages/en/report.ftl';
import { useText } from '../../messages/use-text.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Notice } from '../../ui/notice.js';
import { OnlyAction } from '../../ui/only-action.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createReportModel } from './model.js';

export const messages = { name: 'report', english };

export function Page() {
  const text = useText();
  const [model, { done, busy, failure }] = useModel(createReportModel);
  if (done) {
    return (
      <Card key="done" heading={text('report-done-heading')} lead={text('report-done-text')} focusHeading>
        <OnlyAction label={text('report-done-action')} onSubmit={model.choosePassword} />
      </Card>
    );
  }
  return (
    <Card heading={text('report-heading')} lead={text('report-lead')} failed={failure !== undefined} focusHeading>
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={model.submit}>
        <SubmitButton label={text('report-action')} busyLabel={text('report-busy')} busy={busy} />
      </Form>
    </Card>
  );
}
