import { entryPath } from '../../flow/steps.js';
import { resource as english } from '../../messages/en/continue-as.ftl';
import { useText } from '../../messages/use-text.js';
import { useServices } from '../../services.js';
import { useSite } from '../../site.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Identity } from '../../ui/identity.js';
import { Notice } from '../../ui/notice.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createContinueAsModel } from './model.js';

export const messages = { name: 'continue-as', english };

export function Page() {
  const text = useText();
  const { config } = useSite();
  const services = useServices();
  const { flow } = services;
  const [model, { email, busy, failure }] = useModel(createContinueAsModel);
  return (
    <Card
      heading={text('continue-as-heading', { client: flow.oauth?.client.name ?? 'Firefox' })}
      lead={text('continue-as-lead', { site: config.siteName })}
      failed={failure !== undefined}
      focusHeading
    >
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={model.submit}>
        <Identity email={email} />
        <SubmitButton label={text('continue-as-action')} busyLabel={text('continue-as-busy')} busy={busy} />
      </Form>
      <p class="ways">
        {flow.browser?.user === undefined ? (
          <QuietLink label={text('use-another-account')} to={entryPath(services)} onFollow={model.useAnother} />
        ) : (
          text('browser-taken')
        )}
      </p>
    </Card>
  );
}
