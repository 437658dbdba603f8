import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Preferences } from './preferences.js';

/**
 * A push service as a stock Firefox takes it (webchannel §10.10): browsers subscribe over WebSocket, messages are posted
 * over HTTP (RFC 8030). It forgets whom it cannot reach.
 */
export interface PushService {
  readonly origin: string;
  /** What leads a Firefox here. */
  readonly preferences: Preferences;
  /** How many messages the browsers took. */
  readonly taken: number;
  close(): void;
}

interface FromBrowser {
  readonly messageType: 'hello' | 'register' | 'unregister' | 'ack' | 'ping';
  readonly uaid?: string;
  readonly channelID?: string;
  readonly updates?: readonly unknown[];
}

export async function startPushService(): Promise<PushService> {
  const subscribers = new Map<string, WebSocket>();
  const http = createServer((request, response) => void deliver(subscribers, request, response));
  const sockets = new WebSocketServer({ server: http, handleProtocols: () => 'push-notification' });
  let taken = 0;
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = `127.0.0.1:${(http.address() as AddressInfo).port}`;

  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const {
        messageType,
        uaid = randomUUID(),
        channelID = '',
        updates = [],
      } = JSON.parse(String(data)) as FromBrowser;
      if (messageType === 'ack') taken += updates.length;
      if (messageType === 'hello') return answer(socket, { messageType, uaid, status: 200, use_webpush: true });
      if (messageType === 'ping') return answer(socket, {});
      if (messageType === 'unregister') {
        subscribers.delete(channelID);
        return answer(socket, { messageType, channelID, status: 200 });
      }
      if (messageType !== 'register') return;
      subscribers.set(channelID, socket);
      answer(socket, { messageType, channelID, status: 200, pushEndpoint: `http://${address}/${channelID}` });
    });
  });

  return {
    origin: `http://${address}`,
    preferences: {
      'dom.push.connection.enabled': true,
      'dom.push.serverURL': `ws://${address}/`,
      'dom.push.testing.allowInsecureServerURL': true,
    },
    get taken() {
      return taken;
    },
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      http.close();
      http.closeAllConnections();
    },
  };
}

async function deliver(
  subscribers: ReadonlyMap<string, WebSocket>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await buffer(request);
  const channelID = request.url?.slice(1) ?? '';
  const socket = subscribers.get(channelID);
  if (socket === undefined) return void response.writeHead(410).end();
  answer(socket, {
    messageType: 'notification',
    channelID,
    version: randomUUID(),
    ...(body.length > 0 && {
      data: body.toString('base64url'),
      headers: { encoding: request.headers['content-encoding'] },
    }),
  });
  response.writeHead(201).end();
}

function answer(socket: WebSocket, message: object): void {
  socket.send(JSON.stringify(message));
}
