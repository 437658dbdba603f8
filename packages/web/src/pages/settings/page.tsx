import type { ComponentChildren } from 'preact';
import { resource as english } from '../../messages/en/settings-overview.ftl';
import { useText } from '../../messages/use-text.js';
import { useServices } from '../../services.js';
import { SettingsCard, settingsMessages } from '../../settings/settings-card.js';
import { useDate } from '../../settings/use-date.js';
import { Identity } from '../../ui/identity.js';
import { useModel } from '../../ui/use-model.js';
import { createOverviewModel } from './model.js';

export const messages = [settingsMessages, { name: 'settings-overview', english }];

export function Page() {
  const text = useText();
  const date = useDate();
  const [model, state] = useModel(createOverviewModel);
  const { account, email } = state;
  const yes = (there: boolean) => text(there ? 'settings-on' : 'settings-off');
  return (
    <SettingsCard
      heading={text('settings-heading')}
      attempt={state}
      ways={
        <button type="button" class="quiet" onClick={model.signOut}>
          {text('settings-sign-out')}
        </button>
      }
    >
      <div class="section">
        <Identity email={email} />
      </div>
      <ul class="rows">
        <Row to="/settings/avatar/change" name={text('settings-profile')} />
        <Row to="/settings/emails" name={text('settings-emails')}>
          {account && text('settings-emails-count', { count: account.emails.length })}
        </Row>
        <Row to="/settings/change_password" name={text('settings-password')}>
          {account && text('settings-password-since', { date: date(account.passwordCreatedAt) })}
        </Row>
        <Row to="/settings/two_step_authentication" name={text('settings-two-step')}>
          {account && yes(account.totp.verified)}
        </Row>
        <Row to="/settings/account_recovery" name={text('settings-recovery-key')}>
          {account && yes(account.recoveryKey.exists)}
        </Row>
        <Row to="/settings/language" name={text('settings-language')} />
        <Row to="/settings/clients" name={text('settings-clients')} />
        <Row to="/settings/recent_activity" name={text('settings-activity')} />
        <Row to="/settings/delete_account" name={text('settings-delete')} />
      </ul>
      {account && (
        <section class="section">
          <h2>{text('settings-data')}</h2>
          <p class="hint">
            {text(account.metricsOptOutAt === null ? 'settings-data-allowed' : 'settings-data-refused')}
          </p>
          <button
            type="button"
            class="second-action"
            onClick={() => model.chooseMetrics(account.metricsOptOutAt !== null)}
          >
            {text(account.metricsOptOutAt === null ? 'settings-data-refuse' : 'settings-data-allow')}
          </button>
        </section>
      )}
    </SettingsCard>
  );
}

interface RowProps {
  readonly to: string;
  readonly name: string;
  readonly children?: ComponentChildren;
}

/** The way to a section, with how it stands. */
function Row({ to, name, children }: RowProps) {
  const { navigation } = useServices();
  return (
    <li>
      <a
        class="row"
        href={navigation.href(to)}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
          event.preventDefault();
          navigation.go(to);
        }}
      >
        <span>{name}</span> <span class="row-state">{children}</span>
      </a>
    </li>
  );
}
