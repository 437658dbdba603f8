import { useText } from '../../messages/use-text.js';
import { pairingMessages } from '../../pairing/messages.js';
import { failureNumber } from '../../pairing/outcome.js';
import { useServices } from '../../services.js';
import { Card } from '../../ui/card.js';
import { OnlyAction } from '../../ui/only-action.js';

export const messages = pairingMessages;

/** Nothing was connected, and why. */
export function Page() {
  const text = useText();
  const { navigation, flow } = useServices();
  const { pairing: outcome } = navigation.here().state;
  const reason = outcome !== undefined && 'failure' in outcome ? outcome.failure : 'unexpected';
  const number = failureNumber(reason);
  const { pairing } = flow;
  const application = pairing?.side === 'supplicant' ? pairing : undefined;
  const refusalUrl = application?.refusalUrl;
  return (
    <Card
      heading={text('pair-failure-heading')}
      lead={text(`pair-failure-${reason}`)}
      failed={reason !== 'cancelled'}
      focusHeading
    >
      {refusalUrl !== undefined && (
        <OnlyAction
          label={text('pair-failure-back', { application: application?.application ?? '' })}
          onSubmit={() => navigation.leave(refusalUrl)}
        />
      )}
      {number !== undefined && <p class="ways">{text('pair-failure-number', { number: String(number) })}</p>}
    </Card>
  );
}
