import { resource as english } from '../../messages/en/link.ftl';
import { useText } from '../../messages/use-text.js';
import { Card } from '../../ui/card.js';
import { OnlyAction } from '../../ui/only-action.js';
import { useModel } from '../../ui/use-model.js';
import { createResetLinkModel } from './model.js';

export const messages = { name: 'link', english };

export function Page() {
  const text = useText();
  const [model, { failure, retry }] = useModel(createResetLinkModel);
  if (failure === undefined) return <Card heading={text('link-working-heading')} focusHeading />;
  return (
    <Card heading={text('link-failed-heading')} lead={text.of(failure)} failed focusHeading>
      {retry ? (
        <OnlyAction label={text('try-again')} onSubmit={model.open} />
      ) : (
        <OnlyAction label={text('link-reset-again')} onSubmit={model.beginAgain} />
      )}
    </Card>
  );
}
