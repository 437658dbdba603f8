import { SYNC_ENGINES } from '@foxden/protocol';
import { resource as english } from '../../messages/en/choose-sync.ftl';
import { useText } from '../../messages/use-text.js';
import { Card } from '../../ui/card.js';
import { Form } from '../../ui/form.js';
import { Notice } from '../../ui/notice.js';
import { SubmitButton } from '../../ui/submit-button.js';
import { useModel } from '../../ui/use-model.js';
import { createChooseSyncModel } from './model.js';

export const messages = { name: 'choose-sync', english };

const known: readonly string[] = SYNC_ENGINES;

export function Page() {
  const text = useText();
  const [model, { email, engines, mayDecline, busy, failure }] = useModel(createChooseSyncModel);
  const nameOf = (engine: string) =>
    known.includes(engine) ? text(`sync-engine-${engine}`) : text('sync-engine-other', { engine });
  const hasChoice = engines.length > 0;
  return (
    <Card
      heading={text(hasChoice ? 'choose-sync-heading' : 'whether-sync-heading')}
      lead={text(hasChoice ? 'choose-sync-lead' : 'whether-sync-lead', { email })}
      failed={failure !== undefined}
      focusHeading
    >
      <Notice kind="error" message={failure} />
      <Form busy={busy !== false} onSubmit={(fields) => model.sync(Object.keys(fields))}>
        {hasChoice && (
          <fieldset class="choices">
            <legend class="for-readers">{text('choose-sync-legend')}</legend>
            {engines.map((engine) => (
              <label key={engine}>
                <input type="checkbox" class="check" name={engine} defaultChecked />
                {nameOf(engine)}
              </label>
            ))}
          </fieldset>
        )}
        <SubmitButton label={text('choose-sync-action')} busyLabel={text('choose-sync-busy')} busy={busy === 'sync'} />
        {mayDecline && (
          <button type="button" class="second-action" aria-disabled={busy !== false} onClick={model.dontSync}>
            {text('choose-sync-decline')}
          </button>
        )}
      </Form>
    </Card>
  );
}
