import { useText } from '../../messages/use-text.js';
import { pairingMessages } from '../../pairing/messages.js';
import { RemoteFacts } from '../../pairing/remote-facts.js';
import { Waiting } from '../../pairing/waiting.js';
import { useSite } from '../../site.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Loading } from '../../ui/loading.js';
import { Notice } from '../../ui/notice.js';
import { OnlyAction } from '../../ui/only-action.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createPairAuthorityModel } from './model.js';

export const messages = pairingMessages;

export function Page() {
  const text = useText();
  const { navigation } = useSite();
  const [model, { view, email, application, remote, busy, failure }] = useModel(createPairAuthorityModel);
  if (view === 'checking' && failure === undefined) return <Loading />;
  return (
    <Card
      // Each view is read from its beginning.
      key={view}
      heading={text(`pair-authority-${view}-heading`)}
      lead={view === 'checking' ? undefined : text(`pair-authority-${view}-lead`, { application })}
      failed={failure !== undefined}
      focusHeading
    >
      <Notice kind="error" message={failure} />
      {view === 'checking' && <OnlyAction label={text('try-again')} onSubmit={navigation.reload} />}
      {view === 'asking' && remote !== undefined && (
        <>
          <RemoteFacts remote={remote} />
          <Form busy={busy} onSubmit={model.approve}>
            <SubmitButton label={text('pair-authority-action')} busyLabel={text('pair-busy')} busy={busy} />
            <button type="button" class="second-action" onClick={model.decline}>
              {text('pair-cancel')}
            </button>
          </Form>
          <p class="ways">{text('pair-account', { email })}</p>
        </>
      )}
      {view === 'waiting' && <Waiting onCancel={model.decline} />}
    </Card>
  );
}
