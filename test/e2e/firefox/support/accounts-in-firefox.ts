/** What tests ask a Firefox about its account. The functions that run inside it find these in their scope. */
import { until } from '../../support/until.js';
import type { Firefox } from './firefox.js';

declare const FxAccountsConfig: {
  promiseConnectAccountURI(entryPoint: string): Promise<string>;
  promiseManageURI(entryPoint: string): Promise<string>;
};
declare const UIState: {
  get(): { status: string; email?: string; uid?: string; displayName?: string; syncEnabled?: boolean };
};
declare const fxAccounts: {
  _internal: { getUserAccountData(): Promise<Readonly<Record<string, unknown>> | null> };
};
declare const ChromeUtils: {
  importESModule(path: string): { SyncDisconnect: { disconnect(sanitize: boolean): Promise<void> } };
};
declare const Services: { prefs: { getBoolPref(name: string): boolean } };

export interface FirefoxState {
  /** `not_configured`, `not_verified`, `login_failed` or `signed_in`. */
  readonly status: string;
  readonly email: string | null;
  readonly uid: string | null;
  readonly displayName: string | null;
  readonly syncing: boolean;
  readonly sessionToken: string | null;
}

/** The address that Firefox's own "Sign in" opens; it reads the server's configuration on the way. */
export function signInAddress(firefox: Firefox): Promise<string> {
  return firefox.inBrowser(() => FxAccountsConfig.promiseConnectAccountURI('test'));
}

/** The address that "Manage account" of a signed-in Firefox opens. */
export function settingsAddress(firefox: Firefox): Promise<string> {
  return firefox.inBrowser(() => FxAccountsConfig.promiseManageURI('test'));
}

export function stateOf(firefox: Firefox): Promise<FirefoxState> {
  return firefox.inBrowser(async () => {
    const { status, email, uid, displayName, syncEnabled } = UIState.get();
    const account = await fxAccounts._internal.getUserAccountData();
    const sessionToken = (account?.['sessionToken'] ?? null) as string | null;
    return {
      status,
      email: email ?? null,
      uid: uid ?? null,
      displayName: displayName ?? null,
      syncing: syncEnabled === true,
      sessionToken,
    };
  });
}

/** Waits until Firefox shows a state. */
export function waitForState(firefox: Firefox, wanted: Partial<FirefoxState>): Promise<FirefoxState> {
  let last: FirefoxState | undefined;
  return until(`Firefox to be ${JSON.stringify(wanted)}`, async () => {
    // While it signs out, it cannot say.
    last = await stateOf(firefox).catch(() => undefined);
    const entries = Object.entries(wanted) as [keyof FirefoxState, unknown][];
    return entries.every(([name, value]) => last?.[name] === value) ? last : undefined;
  }).catch((error: unknown) => {
    throw new Error(`Firefox is ${JSON.stringify(last)}`, { cause: error });
  });
}

/** Whether Firefox syncs an engine, by its preference. */
export function isEngineOn(firefox: Firefox, engine: string): Promise<boolean> {
  return firefox.inBrowser((name) => Services.prefs.getBoolPref(`services.sync.engine.${name}`), engine);
}

/** Signs out as Firefox's own menu does. */
export async function signOutInFirefox(firefox: Firefox): Promise<void> {
  await firefox.inBrowser(async () => {
    const { SyncDisconnect } = ChromeUtils.importESModule('resource://services-sync/SyncDisconnect.sys.mjs');
    await SyncDisconnect.disconnect(false);
  });
}
