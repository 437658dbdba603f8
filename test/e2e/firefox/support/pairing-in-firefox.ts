/** Has a browser pair as the dialog of its settings does (webchannel §7). */
import { until } from '../../support/until.js';
import type { Firefox } from './firefox.js';

interface Emitter {
  once(event: string, listener: (event: string, url: string) => void): void;
}
declare const ChromeUtils: {
  importESModule(url: string): {
    readonly EventEmitter: new () => Emitter;
    readonly FxAccountsPairingFlow: {
      start(options: { readonly emitter: Emitter; readonly flowTimeout?: number | undefined }): Promise<string>;
    };
  };
};
declare const Services: {
  readonly prefs: { getStringPref(name: string): string };
  readonly scriptSecurityManager: { createNullPrincipal(attributes: object): object };
};
declare const gBrowser: {
  readonly selectedBrowser: { fixupAndLoadURIString(url: string, options: { triggeringPrincipal: object }): void };
};

/**
 * Has a browser that is signed in open a channel, and gives the address that its code would show. When the other device
 * has asked, the open tab goes where the browser leads the person.
 * @param timeout milliseconds until the browser gives up; its own 15 minutes where left out
 */
export function beginPairing(firefox: Firefox, timeout?: number): Promise<string> {
  return firefox.inBrowser((flowTimeout) => {
    const { EventEmitter } = ChromeUtils.importESModule('resource://gre/modules/EventEmitter.sys.mjs');
    const { FxAccountsPairingFlow } = ChromeUtils.importESModule('resource://gre/modules/FxAccountsPairing.sys.mjs');
    const emitter = new EventEmitter();
    emitter.once('view:SwitchToWebContent', (_event, url) => {
      const triggeringPrincipal = Services.scriptSecurityManager.createNullPrincipal({});
      gBrowser.selectedBrowser.fixupAndLoadURIString(url, { triggeringPrincipal });
    });
    return FxAccountsPairingFlow.start({ emitter, flowTimeout: flowTimeout ?? undefined });
  }, timeout ?? null);
}

/** Where a browser believes that channels are. */
export function pairingServerOf(firefox: Firefox): Promise<string> {
  return firefox.inBrowser(() => Services.prefs.getStringPref('identity.fxaccounts.remote.pairing.uri'));
}

/** The page to which a browser led its person to confirm. */
export function confirmationPage(firefox: Firefox): Promise<URL> {
  return until('the page of the authority', async () => {
    const url = new URL(await firefox.url());
    return url.searchParams.get('redirect_uri') === 'urn:ietf:wg:oauth:2.0:oob:pair-auth-webchannel' ? url : undefined;
  });
}
