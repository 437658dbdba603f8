import { entryPath } from '../../flow/steps.js';
import { resource as english } from '../../messages/en/consent.ftl';
import { useText } from '../../messages/use-text.js';
import { useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Notice } from '../../ui/notice.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createConsentModel } from './model.js';

export const messages = { name: 'consent', english };

export function Page() {
  const text = useText();
  const services = useServices();
  const [model, { email, application: client, host, grants, busy, failure }] = useModel(createConsentModel);
  return (
    <Card
      heading={text('consent-heading', { client })}
      lead={host === undefined ? text('consent-lead-no-host', { client }) : text('consent-lead', { client, host })}
      failed={failure !== undefined}
      focusHeading
    >
      <Notice kind="error" message={failure} />
      <ul class="grants">
        {grants.map((grant) => (
          <li key={grant.id + JSON.stringify(grant.args)}>{text.of(grant)}</li>
        ))}
      </ul>
      <Form busy={busy} onSubmit={model.submit}>
        <SubmitButton label={text('consent-action')} busyLabel={text('consent-busy')} busy={busy} />
        <button type="button" class="second-action" onClick={model.deny}>
          {text('consent-deny')}
        </button>
      </Form>
      <p class="ways">
        <span>{text('consent-account', { email })}</span>
        <QuietLink label={text('use-another-account')} to={entryPath(services)} onFollow={model.useAnother} />
      </p>
    </Card>
  );
}
