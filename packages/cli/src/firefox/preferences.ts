import { clientConfiguration } from '@foxden/server';

export type Preferences = Readonly<Record<string, string | boolean>>;

/** The one preference that leads a Firefox to an accounts server, and what plain http needs beside it (webchannel §9.1). */
export function leadingPreferences(publicUrl: string): Preferences {
  const needsHttp = publicUrl.startsWith('http:');
  return {
    'identity.fxaccounts.autoconfig.uri': publicUrl,
    ...(needsHttp ? { 'identity.fxaccounts.allowHttp': true } : {}),
  };
}

/**
 * What Firefox makes of the server's configuration document (webchannel §9.2). Before version 153 it begins to sign in
 * before it has read the document, so these must be set beforehand (webchannel §9.4).
 */
export function servicePreferences(publicUrl: string): Preferences {
  const configuration = clientConfiguration({ publicUrl });
  return {
    'identity.fxaccounts.remote.root': publicUrl,
    'identity.fxaccounts.auth.uri': `${configuration.auth_server_base_url}/v1`,
    'identity.fxaccounts.remote.oauth.uri': `${configuration.oauth_server_base_url}/v1`,
    'identity.fxaccounts.remote.profile.uri': `${configuration.profile_server_base_url}/v1`,
    'identity.fxaccounts.remote.pairing.uri': configuration.pairing_server_base_uri,
    'identity.sync.tokenserver.uri': `${configuration.sync_tokenserver_base_url}/1.0/sync/1.5`,
  };
}

export type Setter = 'user_pref' | 'defaultPref';

/** Preferences as lines of a `user.js` or of an AutoConfig file. */
export function preferenceLines(preferences: Preferences, setter: Setter = 'user_pref'): string[] {
  return Object.entries(preferences).map(([name, value]) => `${setter}("${name}", ${JSON.stringify(value)});`);
}
