import { useText } from '../../messages/use-text.js';
import { pairingMessages } from '../../pairing/messages.js';
import { RemoteFacts } from '../../pairing/remote-facts.js';
import { Waiting } from '../../pairing/waiting.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Identity } from '../../ui/identity.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createPairSupplicantModel } from './model.js';

export const messages = pairingMessages;

export function Page() {
  const text = useText();
  const [model, { view, application, email, deviceName, remote }] = useModel(createPairSupplicantModel);
  return (
    <Card
      heading={text(`pair-supplicant-${view}-heading`)}
      lead={text(`pair-supplicant-${view}-lead`, { application })}
      focusHeading
    >
      {view === 'asking' && remote !== undefined ? (
        <>
          {email !== undefined && <Identity email={email} />}
          <RemoteFacts remote={remote} name={deviceName} />
          <Form busy={false} onSubmit={model.approve}>
            <SubmitButton label={text('pair-supplicant-action')} busyLabel={text('pair-busy')} busy={false} />
            <button type="button" class="second-action" onClick={model.cancel}>
              {text('pair-cancel')}
            </button>
          </Form>
        </>
      ) : (
        <Waiting onCancel={model.cancel} />
      )}
    </Card>
  );
}
