import { useText } from '../../messages/use-text.js';
import { pairingMessages } from '../../pairing/messages.js';
import { useSite } from '../../site.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Loading } from '../../ui/loading.js';
import { Notice } from '../../ui/notice.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createPairModel } from './model.js';

export const messages = pairingMessages;

/** The steps of each way to go on. */
const STEPS = {
  ready: ['prepare', 'scan'],
  'sign-in': ['menu', 'back'],
  scanned: ['open', 'choose', 'scan'],
  elsewhere: ['computer', 'show', 'scan'],
} as const;

export function Page() {
  const text = useText();
  const { siteName } = useSite().config;
  const [model, { view, busy, failure }] = useModel(createPairModel);
  if (view === 'checking') return <Loading />;
  return (
    <Card
      heading={text(`pair-${view}-heading`)}
      lead={text(`pair-${view}-lead`)}
      failed={failure !== undefined}
      focusHeading
    >
      <Notice kind="error" message={failure} />
      <ol class="steps">
        {STEPS[view].map((step) => (
          <li key={step}>{text(`pair-${view}-${step}`, { site: siteName })}</li>
        ))}
      </ol>
      {view === 'ready' && (
        <Form busy={busy} onSubmit={model.showCode}>
          <SubmitButton label={text('pair-ready-action')} busyLabel={text('pair-busy')} busy={busy} />
        </Form>
      )}
    </Card>
  );
}
