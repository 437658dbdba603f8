import type { AccountContext } from '../account-context.js';
import { pageUrl, parseUrl, WEB_CHANNEL_CONTEXT, WEB_CHANNEL_REDIRECT_URI } from '../config/fxa-config.js';
import { contentUrl } from '../config/fxa-server.js';
import { getProfile } from '../profile/profile.js';

const FIREFOX_PAIRING = 'https://firefox.com/pair';

/** Where the other device shows what is to be scanned (client §9). */
export function pairingAuthorityUrl({ state }: AccountContext): string {
  const isRelease = state.config.content_url.replace(/\/$/, '') === contentUrl('Release');
  return isRelease ? FIREFOX_PAIRING : pageUrl(state.config, 'pair').href;
}

/** A page that says that signing in went well (client §9). */
export function connectionSuccessUrl({ state }: AccountContext): string {
  const url = pageUrl(state.config, 'connect_another_device');
  url.searchParams.set('showSuccessMessage', 'true');
  return url.href;
}

/** The settings of the account (client §9). May ask for the profile. */
export async function manageAccountUrl(context: AccountContext, entrypoint: string): Promise<string> {
  const { config } = context.state;
  const url = pageUrl(config, 'settings');
  url.searchParams.set('entrypoint', entrypoint);
  if (config.redirect_uri === WEB_CHANNEL_REDIRECT_URI) url.searchParams.set('context', WEB_CHANNEL_CONTEXT);
  return withPerson(context, url);
}

/** The devices of the account, in its settings (client §9). May ask for the profile. */
export async function manageDevicesUrl(context: AccountContext, entrypoint: string): Promise<string> {
  const url = pageUrl(context.state.config, 'settings/clients');
  url.searchParams.set('entrypoint', entrypoint);
  return withPerson(context, url);
}

/** The token server of Sync (client §9); what follows it is `1.0/sync/1.5`. */
export async function tokenServerUrl(context: AccountContext): Promise<string> {
  const override = context.state.config.token_server_url_override;
  if (override !== null) return parseUrl(override).href;
  return parseUrl(`${(await context.connection.discovery()).tokenServer}/`).href;
}

/** The pages can then tell when somebody else is signed in to them. */
async function withPerson(context: AccountContext, url: URL): Promise<string> {
  const { uid, email } = await getProfile(context, false);
  url.searchParams.set('uid', uid);
  url.searchParams.set('email', email);
  return url.href;
}
