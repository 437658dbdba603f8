import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startTestServer, type TestServer } from '../support/test-server.js';

/** What the tests use of fxa-pairing-channel, which Firefox and Mozilla's pages pair with. */
interface ForeignChannel extends EventTarget {
  readonly channelId: string;
  readonly channelKey: Uint8Array;
  readonly closed: boolean;
  send(data: object): Promise<void>;
  close(): Promise<void>;
}
interface ForeignChannels {
  create(server: string): Promise<ForeignChannel>;
  connect(server: string, id: string, key: Uint8Array): Promise<ForeignChannel>;
}

let server: TestServer;
let address: string;
let PairingChannel: ForeignChannels;
beforeAll(async () => {
  // It is built for browsers.
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('WebSocket', WebSocket);
  const require = createRequire(import.meta.url);
  ({ PairingChannel } = require('fxa-pairing-channel/dist/FxAccountsPairingChannel.babel.umd.js'));
  server = await startTestServer();
  address = server.url.replace('http', 'ws');
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await server.close();
});

function event(channel: ForeignChannel, name: 'message' | 'close'): Promise<unknown> {
  return new Promise((resolve) => {
    channel.addEventListener(name, (happened) => resolve((happened as CustomEvent).detail), { once: true });
  });
}

async function sayTo(from: ForeignChannel, to: ForeignChannel, data: object): Promise<void> {
  const received = event(to, 'message');
  await from.send(data);
  expect(await received).toEqual({ data, sender: { remote: '127.0.0.1' } });
}

describe('fxa-pairing-channel at both ends of our channel', () => {
  test('says all that a pairing has to say, and closes in order', async () => {
    const authority = await PairingChannel.create(address);
    const supplicant = await PairingChannel.connect(address, authority.channelId, authority.channelKey);
    await sayTo(supplicant, authority, { message: 'pair:supp:request', data: { client_id: 'a2270f727f45f648' } });
    await sayTo(authority, supplicant, { message: 'pair:auth:metadata', data: { email: 'rosa@example.com' } });
    await sayTo(supplicant, authority, { message: 'pair:supp:authorize', data: {} });
    await sayTo(authority, supplicant, { message: 'pair:auth:authorize', data: { code: 'ab'.repeat(32), state: 's' } });
    const closed = event(supplicant, 'close');
    await authority.close();
    await closed;
    await supplicant.close();
    expect(supplicant.closed).toBe(true);
  });

  test('is told when its channel does not exist', async () => {
    await expect(PairingChannel.connect(address, 'A'.repeat(22), new Uint8Array(32))).rejects.toThrow('creating');
  });
});
