import { useText } from '../messages/use-text.js';
import { useSite } from '../site.js';
import { Card } from './card.js';
import { OnlyAction } from './only-action.js';

/** A page could not be loaded or drawn: there is no connection, or the server has newer pages than this document. */
export function Broken() {
  const text = useText();
  const { navigation } = useSite();
  return (
    <Card heading={text('broken-heading')} lead={text('broken-text')} failed focusHeading>
      <OnlyAction label={text('try-again')} onSubmit={navigation.reload} />
    </Card>
  );
}
