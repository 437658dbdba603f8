import {
  parseScope,
  SCOPE_LOCKBOX,
  SCOPE_NEWSLETTERS,
  SCOPE_NOTES,
  SCOPE_OLDSYNC,
  SCOPE_RELAY,
  SCOPE_SEND,
  SCOPE_SESSION_TOKEN,
  SCOPE_SMARTWINDOW,
  SCOPE_SUBSCRIPTIONS,
  SCOPE_SUBSCRIPTIONS_IAP,
  SCOPE_THUNDERBIRD_SYNC,
  SCOPE_VPN,
  type ScopeSet,
  WEBCHANNEL_REDIRECT_URI,
} from '@foxden/protocol';
import type { OAuthClient } from './client.js';

const FIREFOX_DESKTOP = '5882386c6d801776';
const FENIX = 'a2270f727f45f648';
const FIREFOX_IOS = '1b1a3e44c54fbb58';
const REFERENCE_BROWSER = '3c49430b43dfba77';
const FENNEC = '3332a18d142636cb';
const THUNDERBIRD = '8269bacd7bbc7f80';
/** The settings page, which changes profiles. */
export const SETTINGS = '98e6508e88680e1a';
const CONTENT = 'ea3ca969f8c6bb0d';

/** Browsers and mail programs: they may name a service instead of a scope (oauth-devices §1.4). */
export const NATIVE_CLIENTS: ReadonlySet<string> = new Set([
  FIREFOX_DESKTOP,
  FENIX,
  FIREFOX_IOS,
  REFERENCE_BROWSER,
  FENNEC,
  THUNDERBIRD,
]);

/** Clients whose access tokens are JWTs; all others get opaque ones (oauth-devices §1.4). */
export const JWT_CLIENTS: ReadonlySet<string> = new Set([FIREFOX_DESKTOP, THUNDERBIRD, SETTINGS]);

/**
 * Clients that may exchange a refresh token for one with more scopes: those of {@link NATIVE_CLIENTS} that hold refresh
 * tokens and keep no secret (oauth-devices §1.7).
 */
export const EXCHANGE_CLIENTS: ReadonlySet<string> = new Set([
  FIREFOX_DESKTOP,
  FENIX,
  FIREFOX_IOS,
  REFERENCE_BROWSER,
  THUNDERBIRD,
]);

/** Scopes that may be added by an exchange though nobody was asked about them. */
export const FREE_EXCHANGE_SCOPES: ScopeSet = parseScope(SCOPE_RELAY);

/** Custom scopes that exist from the start, and whether they have keys (oauth-devices §1.3). */
export const WELL_KNOWN_SCOPES: Readonly<Record<string, boolean>> = {
  [SCOPE_OLDSYNC]: true,
  [SCOPE_NOTES]: true,
  [SCOPE_SEND]: true,
  [SCOPE_LOCKBOX]: true,
  [SCOPE_THUNDERBIRD_SYNC]: true,
  [SCOPE_SESSION_TOKEN]: false,
  [SCOPE_RELAY]: false,
  [SCOPE_VPN]: false,
  [SCOPE_SMARTWINDOW]: false,
  [SCOPE_SUBSCRIPTIONS]: false,
  [SCOPE_SUBSCRIPTIONS_IAP]: false,
  [SCOPE_NEWSLETTERS]: false,
};

/** What Firefox asks for: Sync, a session, and the services that are built in. */
const FIREFOX_SCOPES = parseScope(
  [SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN, SCOPE_RELAY, SCOPE_VPN, SCOPE_SMARTWINDOW].join(' '),
);

/** The clients that deployed browsers bring along, by the ids they are built with (oauth-devices §1.4). */
export function wellKnownClients(publicUrl: string): OAuthClient[] {
  const success = (id: string) => `${publicUrl}/oauth/success/${id}`;
  return [
    client(FIREFOX_DESKTOP, 'Firefox', [WEBCHANNEL_REDIRECT_URI], {
      allowedScopes: FIREFOX_SCOPES,
    }),
    client(FENIX, 'Firefox for Android', [success(FENIX)], { allowedScopes: FIREFOX_SCOPES }),
    client(FIREFOX_IOS, 'Firefox for iOS', [success(FIREFOX_IOS)], { allowedScopes: FIREFOX_SCOPES }),
    client(REFERENCE_BROWSER, 'Android Reference Browser', [success(REFERENCE_BROWSER)], {
      allowedScopes: FIREFOX_SCOPES,
    }),
    client(FENNEC, 'Firefox for Android (before 2020)', ['urn:ietf:wg:oauth:2.0:oob'], { publicClient: false }),
    client(
      THUNDERBIRD,
      'Thunderbird',
      ['urn:ietf:wg:oauth:2.0:oob', ...['', '.beta', '.daily', '.debug'].map(thunderbirdAndroidRedirect)],
      { allowedScopes: parseScope(SCOPE_THUNDERBIRD_SYNC) },
    ),
    client(SETTINGS, 'Account settings', [`${publicUrl}/settings`]),
    client(CONTENT, 'Account pages', ['urn:ietf:wg:oauth:2.0:oob']),
  ];
}

function thunderbirdAndroidRedirect(channel: string): string {
  return `net.thunderbird.android${channel}://mozilla-accounts-redirect`;
}

function client(
  id: string,
  name: string,
  redirectUris: readonly string[],
  differing: Partial<OAuthClient> = {},
): OAuthClient {
  return {
    id,
    name,
    hashedSecret: null,
    hashedSecretPrevious: null,
    imageUri: null,
    redirectUris,
    postLogoutRedirectUris: [],
    trusted: true,
    canGrant: true,
    publicClient: true,
    allowedScopes: [],
    pairwise: false,
    ...differing,
  };
}
