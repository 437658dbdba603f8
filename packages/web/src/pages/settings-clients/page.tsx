import { resource as consent } from '../../messages/en/consent.ftl';
import { resource as english } from '../../messages/en/settings-clients.ftl';
import { useText } from '../../messages/use-text.js';
import { SettingsCard, settingsMessages } from '../../settings/settings-card.js';
import { useDate } from '../../settings/use-date.js';
import { useModel } from '../../ui/use-model.js';
import { type ConnectedService, createClientsModel } from './model.js';

export const messages = [
  settingsMessages,
  { name: 'settings-clients', english },
  { name: 'consent', english: consent },
];

export function Page() {
  const text = useText();
  const date = useDate();
  const [model, state] = useModel(createClientsModel);
  const { services = [], applications = [] } = state;
  return (
    <SettingsCard heading={text('settings-clients')} lead={text('clients-lead')} attempt={state}>
      <ul class="entries" aria-busy={state.services === undefined}>
        {services.map((service) => (
          <Service key={service.key} service={service} onDisconnect={() => model.disconnect(service)} />
        ))}
      </ul>
      {applications.length > 0 && (
        <section class="section">
          <h2>{text('clients-allowed')}</h2>
          <p class="hint">{text('clients-allowed-lead')}</p>
          {applications.map((application) => (
            <div key={application.clientId}>
              <h3>{application.name}</h3>
              <p class="hint">{text('clients-since', { date: date(application.since) })}</p>
              <ul class="entries">
                {application.scopes.map(({ value, words }) => {
                  const said = words.map((word) => text.of(word)).join(' · ');
                  return (
                    <li class="entry" key={value}>
                      <span>{said}</span>
                      <button
                        type="button"
                        class="quiet"
                        aria-label={text('clients-revoke-what', { what: said, name: application.name })}
                        onClick={() => model.revoke(application, value)}
                      >
                        {text('clients-revoke')}
                      </button>
                    </li>
                  );
                })}
              </ul>
            </div>
          ))}
        </section>
      )}
    </SettingsCard>
  );
}

function Service({ service, onDisconnect }: { readonly service: ConnectedService; readonly onDisconnect: () => void }) {
  const text = useText();
  const date = useDate();
  const { what, where, lastUsed, isThis } = service;
  const name = service.name ?? text('clients-unnamed');
  return (
    <li class="entry">
      <div>
        <bdi class="entry-name">{name}</bdi>
        {what !== '' && what !== name && <p class="hint">{what}</p>}
        {where !== '' && <p class="hint">{where}</p>}
        {isThis && <p class="hint">{text('clients-this')}</p>}
        {!isThis && lastUsed !== undefined && <p class="hint">{text('clients-used', { date: date(lastUsed) })}</p>}
      </div>
      {!isThis && (
        <button
          type="button"
          class="quiet"
          aria-label={text('clients-disconnect-name', { name })}
          onClick={onDisconnect}
        >
          {text('clients-disconnect')}
        </button>
      )}
    </li>
  );
}
