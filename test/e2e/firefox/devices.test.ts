import { getScopedKeyData, type SignedUp, signIn, signUp, verifySessionCode } from '@foxden/auth-client';
import {
  accountDevice,
  accountDeviceCommands,
  accountInvokeCommand,
  base64urlToBytes,
  bytesToBase64url,
  COMMAND_SEND_TAB,
  createWebPushKeys,
  deriveScopedKey,
  openCommandKeys,
  openPayload,
  SCOPE_OLDSYNC,
  type ScopedKey,
  sealCommandKeys,
  sealPayload,
  utf8,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsServer, openAccountsServer } from '../support/accounts-server.js';
import { newAddress, PASSWORD } from '../support/people.js';
import { until } from '../support/until.js';
import { devicesOf, pollCommands, sendTab, signInByChannel, tabsOf } from './support/devices-in-firefox.js';
import { type Firefox, launchFirefox, withoutFirefox } from './support/firefox.js';
import { type PushService, startPushService } from './support/push-service.js';

const DESKTOP = '5882386c6d801776';

let push: PushService;
let server: AccountsServer;
let account: SignedUp & { readonly password: string };
let sender: Firefox;
let reachable: Firefox;
let silent: Firefox;
beforeAll(async () => {
  if (withoutFirefox) return;
  push = await startPushService();
  server = await openAccountsServer({ pushOrigins: [push.origin] });
  const email = newAddress();
  account = { ...(await signUp(server.client, { email, password: PASSWORD })), password: PASSWORD };
  await verifySessionCode(server.client, account.sessionToken, { code: await server.code(email) });
  sender = await signedIn(push.preferences);
  reachable = await signedIn(push.preferences);
  silent = await signedIn({});
}, 180_000);
afterAll(async () => {
  await Promise.all([sender, reachable, silent].map((firefox) => firefox?.close()));
  await server?.close();
  push?.close();
});

async function signedIn(preferences: PushService['preferences']): Promise<Firefox> {
  const firefox = await launchFirefox({
    preferences: {
      ...preferences,
      'identity.fxaccounts.autoconfig.uri': server.url,
      'identity.fxaccounts.allowHttp': true,
    },
  });
  await signInByChannel(firefox, server.url, server.client, account);
  return firefox;
}

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

async function ownId(firefox: Firefox): Promise<string> {
  const own = (await devicesOf(firefox)).find(({ isCurrentDevice }) => isCurrentDevice);
  if (own === undefined) throw new Error('the browser has no device of its own');
  return own.id;
}

/** Another address for each tab; Firefox can reach it. */
let tabs = 0;
function newTab(): string {
  tabs += 1;
  return `${server.url}/openapi.json?tab=${tabs}`;
}

const isOpen = (firefox: Firefox, url: string) =>
  until(`the tab ${url}`, async () => ((await tabsOf(firefox)).includes(url) ? true : undefined));

/** A device of ours beside the browsers, and the Sync key that all of them share. */
async function ownDevice(): Promise<{ token: { sessionToken: string }; oldsync: ScopedKey }> {
  const { sessionToken } = await signIn(server.client, { email: account.email, password: PASSWORD });
  const data = await getScopedKeyData(server.client, sessionToken, { client_id: DESKTOP, scope: SCOPE_OLDSYNC });
  const [oldsync] = await Promise.all(Object.values(data).map((of) => deriveScopedKey(of, account.kB, account.uid)));
  if (oldsync === undefined) throw new Error('no key of Sync');
  return { token: { sessionToken }, oldsync };
}

describe.skipIf(withoutFirefox)('stock Firefoxes on one account', () => {
  it('see each other', async () => {
    const ids = await Promise.all([sender, reachable, silent].map(ownId));
    for (const firefox of [sender, reachable, silent]) {
      expect((await devicesOf(firefox)).map(({ id }) => id).sort()).toEqual([...ids].sort());
    }
    const callbacks = (await devicesOf(sender)).filter(({ pushCallback }) => pushCallback?.startsWith(push.origin));
    expect(callbacks.map(({ id }) => id).sort()).toEqual(ids.slice(0, 2).sort());
  });

  it('send a tab that arrives by push', async () => {
    const url = newTab();
    const before = push.taken;
    expect(await sendTab(sender, await ownId(reachable), url)).toBe(1);
    await isOpen(reachable, url);
    expect(push.taken).toBeGreaterThan(before);
  });

  it('send a tab that arrives without push, when the browser asks', async () => {
    const url = newTab();
    expect(await sendTab(sender, await ownId(silent), url)).toBe(1);
    expect(await tabsOf(silent)).not.toContain(url);
    await pollCommands(silent);
    await isOpen(silent, url);
  });

  it('open a tab that our code sealed', async () => {
    const { token, oldsync } = await ownDevice();
    const id = await ownId(reachable);
    const device = (await devicesOf(sender)).find((listed) => listed.id === id);
    const keys = await openCommandKeys(device?.availableCommands[COMMAND_SEND_TAB] ?? '', oldsync);
    const url = newTab();
    const content = { entries: [{ title: 'A tab', url }], flowID: 'a'.repeat(12), streamID: 'b'.repeat(12) };
    const sealed = await sealPayload(utf8(JSON.stringify(content)), keys, random);
    await server.client.call(accountInvokeCommand, {
      token,
      body: { target: id, command: COMMAND_SEND_TAB, payload: { encrypted: bytesToBase64url(sealed) } },
    });
    await isOpen(reachable, url);
  });

  it('seal a tab that our code opens', async () => {
    const { token, oldsync } = await ownDevice();
    const keys = await createWebPushKeys(random);
    const availableCommands = { [COMMAND_SEND_TAB]: await sealCommandKeys(keys, oldsync, random) };
    const { id } = await server.client.call(accountDevice, { token, body: { name: 'Ours', availableCommands } });
    const url = newTab();
    expect(await sendTab(sender, id, url)).toBe(1);
    const { messages } = await server.client.call(accountDeviceCommands, { token });
    const [message] = messages;
    expect(message?.data).toMatchObject({ command: COMMAND_SEND_TAB, sender: await ownId(sender) });
    const opened = await openPayload(base64urlToBytes(message?.data.payload.encrypted ?? ''), keys);
    expect(JSON.parse(Buffer.from(opened).toString())).toMatchObject({ entries: [{ title: 'A tab', url }] });
  });

  it('reach nobody but this machine', () => {
    for (const firefox of [sender, reachable, silent]) expect(firefox.refused).toEqual([]);
  });
});
