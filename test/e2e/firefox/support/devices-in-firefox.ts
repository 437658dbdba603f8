/** Signs browsers in without a page of ours, and what tests ask them about devices and tabs. */
import { type AuthClient, createAuthorizationCode, sealScopedKeys, signIn } from '@foxden/auth-client';
import type { Firefox } from './firefox.js';

declare const FxAccountsConfig: { promiseConnectAccountURI(entryPoint: string): Promise<string> };
declare const fxAccounts: {
  device: {
    recentDeviceList: readonly DeviceInFirefox[] | null;
    refreshDeviceList(options: { ignoreCached: boolean }): Promise<boolean>;
  };
  commands: {
    pollDeviceCommands(): Promise<unknown>;
    sendTab: {
      send(to: readonly DeviceInFirefox[], tab: object): Promise<{ succeeded: unknown[]; failed: unknown[] }>;
    };
  };
};
declare const gBrowser: { tabs: Iterable<{ linkedBrowser: { currentURI: { spec: string } } }> };

interface DeviceInFirefox {
  readonly id: string;
  readonly isCurrentDevice: boolean;
  readonly pushCallback: string | null;
  readonly availableCommands: Readonly<Record<string, string>>;
}

export interface AccountWithKey {
  readonly email: string;
  readonly password: string;
  readonly uid: string;
  /** bytes, 32 */
  readonly kB: Uint8Array;
}

/** Signs a browser in, with Sync on, by the messages that a page of ours would send (webchannel §5). */
export async function signInByChannel(
  firefox: Firefox,
  url: string,
  client: AuthClient,
  { email, password, uid, kB }: AccountWithKey,
): Promise<void> {
  const asked = new URL(await firefox.inBrowser(() => FxAccountsConfig.promiseConnectAccountURI('test')));
  const parameter = (name: string) => asked.searchParams.get(name) ?? '';
  const { sessionToken } = await signIn(client, { email, password });
  const [clientId, scope] = [parameter('client_id'), parameter('scope')];
  const keysJwe = await sealScopedKeys(client, {
    sessionToken,
    clientId,
    scope,
    keysJwk: parameter('keys_jwk'),
    kB,
    uid,
  });
  const { code, state } = await createAuthorizationCode(client, sessionToken, {
    client_id: clientId,
    scope,
    state: parameter('state'),
    access_type: 'offline',
    code_challenge: parameter('code_challenge'),
    code_challenge_method: 'S256',
    keys_jwe: keysJwe,
  });
  await firefox.open(`${url}/`);
  await tell(firefox, 'fxaccounts:login', { email, uid, sessionToken, verified: true, services: { sync: {} } });
  const redirect = 'urn:ietf:wg:oauth:2.0:oob:oauth-redirect-webchannel';
  await tell(firefox, 'fxaccounts:oauth_login', { code, state, redirect, action: 'signin' });
}

/** Sends a message to the browser from its page and waits for the answer. @throws Error when the browser refuses */
async function tell(firefox: Firefox, command: string, data: object): Promise<void> {
  const answer = await firefox.inPage(
    (name, content) =>
      new Promise((resolve) => {
        addEventListener('WebChannelMessageToContent', (event) => {
          const { message } = (event as CustomEvent<{ message: { command?: string } }>).detail;
          if (message.command === name || message.command === undefined) resolve(message);
        });
        const message = { command: name, messageId: String(Date.now()), data: content };
        const detail = JSON.stringify({ id: 'account_updates', message });
        dispatchEvent(new CustomEvent('WebChannelMessageToChrome', { detail }));
      }),
    command,
    data,
  );
  const { data: result } = answer as { data?: { ok?: boolean } };
  if (result?.ok !== true) throw new Error(`${command} was answered with ${JSON.stringify(answer)}`);
}

/** The devices that a browser knows of, after it has asked again. */
export function devicesOf(firefox: Firefox): Promise<readonly DeviceInFirefox[]> {
  return firefox.inBrowser(async () => {
    await fxAccounts.device.refreshDeviceList({ ignoreCached: true });
    return (fxAccounts.device.recentDeviceList ?? []).map(
      ({ id, isCurrentDevice, pushCallback, availableCommands }) => {
        return { id, isCurrentDevice, pushCallback: pushCallback ?? null, availableCommands };
      },
    );
  });
}

/** Sends a tab to a device; how many of one were sent. */
export function sendTab(firefox: Firefox, deviceId: string, url: string): Promise<number> {
  return firefox.inBrowser(
    async (id, address) => {
      await fxAccounts.device.refreshDeviceList({ ignoreCached: true });
      const to = (fxAccounts.device.recentDeviceList ?? []).filter((device) => device.id === id);
      const { succeeded } = await fxAccounts.commands.sendTab.send(to, { url: address, title: 'A tab' });
      return succeeded.length;
    },
    deviceId,
    url,
  );
}

/** Has a browser ask for its commands, as it does at times. */
export async function pollCommands(firefox: Firefox): Promise<void> {
  await firefox.inBrowser(async () => void (await fxAccounts.commands.pollDeviceCommands()));
}

/** The addresses of the open tabs. */
export function tabsOf(firefox: Firefox): Promise<readonly string[]> {
  return firefox.inBrowser(() => [...gBrowser.tabs].map(({ linkedBrowser }) => linkedBrowser.currentURI.spec));
}
