import { entryPath } from '../../flow/steps.js';
import { resource as english } from '../../messages/en/signed-in.ftl';
import { useText } from '../../messages/use-text.js';
import { useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Identity } from '../../ui/identity.js';
import { Notice } from '../../ui/notice.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createSignedInModel } from './model.js';

export const messages = { name: 'signed-in', english };

export function Page() {
  const text = useText();
  const services = useServices();
  const [model, { email, busy, failure, notice }] = useModel(createSignedInModel);
  return (
    <Card heading={text('signed-in-heading')} lead={text('signed-in-lead')} failed={failure !== undefined} focusHeading>
      <Notice kind="news" message={notice} />
      <Notice kind="error" message={failure} />
      <Form busy={busy} onSubmit={model.signOut}>
        <Identity email={email} />
        <SubmitButton label={text('signed-in-action')} busyLabel={text('signed-in-busy')} busy={busy} calm />
      </Form>
      <p class="ways">
        <QuietLink
          label={text('signed-in-settings')}
          to="/settings"
          onFollow={() => services.navigation.go('/settings')}
        />
        <QuietLink label={text('use-another-account')} to={entryPath(services)} onFollow={model.useAnother} />
      </p>
    </Card>
  );
}
