import { resource as english } from '../../messages/en/logout.ftl';
import { useText } from '../../messages/use-text.js';
import { useSite } from '../../site.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Identity } from '../../ui/identity.js';
import { Notice } from '../../ui/notice.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createLogoutModel } from './model.js';

export const messages = { name: 'logout', english };

export function Page() {
  const text = useText();
  const { config, navigation } = useSite();
  const [model, { phase, email, application, busy, failure }] = useModel(createLogoutModel);
  if (phase === 'checking') return <Card heading={text('logout-checking-heading')} focusHeading />;
  if (phase === 'done') {
    return <Card heading={text('logout-done-heading')} lead={text('logout-done-lead')} focusHeading />;
  }
  const lead =
    application === undefined ? text('logout-lead') : text('logout-lead-application', { client: application });
  return (
    <Card
      heading={text('logout-heading', { site: config.siteName })}
      lead={lead}
      failed={failure !== undefined}
      focusHeading
    >
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={model.signOut}>
        <Identity email={email} />
        <SubmitButton label={text('logout-action')} busyLabel={text('logout-busy')} busy={busy} calm />
      </Form>
      <p class="ways">
        <a class="quiet" href={navigation.href('/', '')}>
          {text('logout-stay')}
        </a>
      </p>
    </Card>
  );
}
