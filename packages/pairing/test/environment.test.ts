import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket as NodeWebSocket, WebSocketServer } from 'ws';
import { createChannel, joinChannel, type PairingEnvironment } from '../src/index.js';
import { KeepingListener } from './support/ends.js';
import { SENDER } from './support/memory-relay.js';

const CHANNEL_ID = 'abcdefghijklmnopqrstuw';
const hasOwn = globalThis.WebSocket !== undefined;

describe('a channel over a network', () => {
  let server: WebSocketServer;
  let url: string;
  beforeAll(async () => {
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    server.on('connection', (socket) => {
      socket.send(JSON.stringify({ channelid: CHANNEL_ID, link: `/v1/ws/${CHANNEL_ID}` }));
      socket.on('message', (data) => {
        const frame = JSON.stringify({ message: String(data), sender: SENDER });
        for (const other of server.clients) if (other !== socket) other.send(frame);
      });
    });
    await once(server, 'listening');
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const environments: readonly (readonly [string, PairingEnvironment, boolean])[] = [
    ['that of ws', { WebSocket: NodeWebSocket }, true],
    ['that of the platform', {}, hasOwn],
  ];

  for (const [name, environment, isThere] of environments) {
    it.skipIf(!isThere)(`works with a WebSocket like ${name}`, async () => {
      const [creator, joiner] = [new KeepingListener(), new KeepingListener()];
      const created = await createChannel(url, creator, environment);
      const joined = await joinChannel(`${url}/`, created, joiner, environment);
      await joined.send({ from: 'joiner' });
      await created.send({ from: 'creator' });
      expect(await creator.contents(1)).toEqual([{ from: 'joiner' }]);
      expect(await joiner.contents(1)).toEqual([{ from: 'creator' }]);
      await joined.close();
      expect([await creator.end(), await joiner.end()]).toEqual(['orderly', 'orderly']);
    });

    it.skipIf(!isThere)(`finds nobody at a closed port with a WebSocket like ${name}`, async () => {
      const closed = new WebSocketServer({ host: '127.0.0.1', port: 0 });
      await once(closed, 'listening');
      const { port } = closed.address() as AddressInfo;
      await new Promise((resolve) => closed.close(resolve));
      const creating = createChannel(`ws://127.0.0.1:${port}`, new KeepingListener(), environment);
      await expect(creating).rejects.toMatchObject({ kind: 'unreachable' });
    });
  }
});
