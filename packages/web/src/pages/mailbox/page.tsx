import { signUpPath } from '../../flow/steps.js';
import { resource as english } from '../../messages/en/mailbox.ftl';
import { useText } from '../../messages/use-text.js';
import { useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { OnlyAction } from '../../ui/only-action.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { useModel } from '../../ui/use-model.js';
import { createMailboxModel } from './model.js';

export const messages = { name: 'mailbox', english };

export function Page() {
  const text = useText();
  const services = useServices();
  const [model, { email }] = useModel(createMailboxModel);
  return (
    <Card heading={text('mailbox-heading')} lead={text('mailbox-lead', { email })} focusHeading>
      <OnlyAction label={text('mailbox-sign-in')} onSubmit={model.signIn} />
      <p class="ways">
        <QuietLink label={text('mailbox-again')} to={signUpPath(services)} onFollow={model.beginAgain} />
      </p>
    </Card>
  );
}
