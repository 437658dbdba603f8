import type { BrowserCapabilities } from '@foxden/protocol';
import type { BrowserOptions } from '@foxden/webchannel';

/** A browser as it presents itself to the pages (webchannel §3.1, §14). */
export interface BrowserVersion extends Pick<BrowserOptions, 'context' | 'silent' | 'loginWhileSignedIn'> {
  readonly name: string;
  readonly userAgent: string;
  /** Its OAuth client. */
  readonly clientId: string;
  /** It says so itself. */
  readonly tellsClientId: boolean;
  readonly capabilities: BrowserCapabilities;
  readonly answerAs?: 'object' | 'text';
}

const DESKTOP = '5882386c6d801776';
const desktop = (version: number) =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`;

const ALL_ENGINES = ['addons', 'bookmarks', 'history', 'passwords', 'prefs', 'tabs', 'addresses', 'creditcards'];
const MOBILE_ENGINES = ['bookmarks', 'history', 'tabs', 'passwords', 'creditcards'];
const SILENT = [
  'fxaccounts:login',
  'fxaccounts:oauth_login',
  'fxaccounts:change_password',
  'fxaccounts:logout',
  'fxaccounts:delete',
] as const;

const since71 = { multiService: true, pairing: true, choose_what_to_sync: true } as const;

export const versions: readonly BrowserVersion[] = [
  {
    name: 'Firefox 70',
    userAgent: desktop(70),
    clientId: DESKTOP,
    tellsClientId: false,
    context: 'fx_desktop_v3',
    capabilities: { engines: ['creditcards'], pairing: true },
  },
  {
    name: 'Firefox 71',
    userAgent: desktop(71),
    clientId: DESKTOP,
    tellsClientId: true,
    context: 'fx_desktop_v3',
    capabilities: { engines: ['creditcards'], pairing: true, multiService: true },
    loginWhileSignedIn: 'keeps-sync',
  },
  {
    name: 'Firefox 128',
    userAgent: desktop(128),
    clientId: DESKTOP,
    tellsClientId: true,
    context: 'fx_desktop_v3',
    capabilities: { ...since71, engines: ['addresses', 'creditcards'] },
    loginWhileSignedIn: 'may-enable-sync',
  },
  {
    name: 'Firefox 140',
    userAgent: desktop(140),
    clientId: DESKTOP,
    tellsClientId: true,
    context: 'oauth_webchannel_v1',
    capabilities: { ...since71, engines: ALL_ENGINES },
    loginWhileSignedIn: 'may-enable-sync',
  },
  {
    name: 'Firefox 153',
    userAgent: desktop(153),
    clientId: DESKTOP,
    tellsClientId: true,
    context: 'oauth_webchannel_v1',
    capabilities: { ...since71, engines: ALL_ENGINES, keys_optional: true, can_link_account_uid: true },
    loginWhileSignedIn: 'may-enable-sync',
  },
  {
    name: 'Firefox for Android',
    userAgent: 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
    clientId: 'a2270f727f45f648',
    tellsClientId: false,
    context: 'oauth_webchannel_v1',
    capabilities: { engines: MOBILE_ENGINES, choose_what_to_sync: true, pairingVersion: 2, can_link_account_uid: true },
    silent: SILENT,
  },
  {
    name: 'Firefox for iOS',
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Mobile/15E148 Safari/605.1.15',
    clientId: '1b1a3e44c54fbb58',
    tellsClientId: false,
    context: 'oauth_webchannel_v1',
    capabilities: { engines: MOBILE_ENGINES, choose_what_to_sync: true },
    silent: SILENT,
    answerAs: 'text',
  },
];
