import { resource as english } from '../../messages/en/connected.ftl';
import { useText } from '../../messages/use-text.js';
import { useSite } from '../../site.js';
import { Card } from '../../ui/card.js';
import { QuietLink } from '../../ui/quiet-link.js';
import { useModel } from '../../ui/use-model.js';
import { createConnectedModel } from './model.js';

export const messages = { name: 'connected', english };

export function Page() {
  const text = useText();
  const { config, navigation } = useSite();
  const [model, { outcome, canManageSync }] = useModel(createConnectedModel);
  const state = outcome ?? 'invited';
  return (
    <Card heading={text(`connected-${state}-heading`)} lead={text(`connected-${state}-lead`)} focusHeading>
      <ol class="steps">
        <li>{text('connected-step-install')}</li>
        <li>{text('connected-step-server', { site: config.siteName })}</li>
        <li>{text('connected-step-sign-in')}</li>
      </ol>
      <p class="ways">
        <QuietLink label={text('connected-pair')} to="/pair" onFollow={() => navigation.go('/pair')} />
        {canManageSync && (
          <button type="button" class="quiet" onClick={model.manageSync}>
            {text('connected-manage')}
          </button>
        )}
      </p>
    </Card>
  );
}
