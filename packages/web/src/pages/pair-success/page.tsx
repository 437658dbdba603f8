import { useText } from '../../messages/use-text.js';
import { pairingMessages } from '../../pairing/messages.js';
import { useSite } from '../../site.js';
import { Card } from '../../ui/card.js';

export const messages = pairingMessages;

/** Both devices have agreed. */
export function Page() {
  const text = useText();
  const { pairing } = useSite().navigation.here().state;
  const side = pairing !== undefined && 'side' in pairing ? pairing.side : 'either';
  return <Card heading={text(`pair-success-${side}-heading`)} lead={text(`pair-success-${side}-lead`)} focusHeading />;
}
