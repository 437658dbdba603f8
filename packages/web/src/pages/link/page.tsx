import { resource as english } from '../../messages/en/link.ftl';
import { useText } from '../../messages/use-text.js';
import { Card } from '../../ui/card.js';
import { OnlyAction } from '../../ui/only-action.js';
import { useModel } from '../../ui/use-model.js';
import { createLinkModel } from './model.js';

export const messages = { name: 'link', english };

export function Page() {
  const text = useText();
  const [model, { kind, phase, failure, retry, signedInHere, mustSignIn }] = useModel(createLinkModel);
  if (phase === 'working') return <Card heading={text('link-working-heading')} focusHeading />;
  if (phase === 'confirmed') {
    return (
      <Card
        heading={text(`link-${kind}-heading`)}
        lead={text(mustSignIn ? 'link-then-sign-in-text' : 'link-done-text')}
        focusHeading
      >
        {signedInHere && <OnlyAction label={text('link-continue')} onSubmit={model.goToStart} />}
        {mustSignIn && <OnlyAction label={text('link-then-sign-in')} onSubmit={model.signIn} />}
      </Card>
    );
  }
  return (
    <Card heading={text('link-failed-heading')} lead={failure && text.of(failure)} failed focusHeading>
      {retry ? (
        <OnlyAction label={text('try-again')} onSubmit={model.verify} />
      ) : (
        <OnlyAction label={text('link-start')} onSubmit={model.goToStart} />
      )}
    </Card>
  );
}
