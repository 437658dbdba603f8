import { type ClientOptions, WebSocket } from 'ws';
import type { TestServer } from './test-server.js';

/** How a connection ended. */
export interface Ended {
  readonly code: number;
  readonly reason: string;
}

/** A connection to the channel server, with what came over it. */
export interface Visitor {
  readonly socket: WebSocket;
  /** The id of the channel. @throws Error when the connection ends without telling it */
  id(): Promise<string>;
  /** The next frame that nobody has read yet. @throws Error when the connection ends before */
  next(): Promise<unknown>;
  /** Resolves when the server has dealt with everything that was sent before, and what it sent in turn has arrived. */
  settled(): Promise<void>;
  /** Resolves when the server pings. */
  pinged(): Promise<void>;
  readonly ended: Promise<Ended>;
  leave(): Promise<void>;
}

/** @param path `/v1/ws/` and what follows */
export function visit(server: Pick<TestServer, 'url'>, path = '/v1/ws/', options: ClientOptions = {}): Visitor {
  const socket = new WebSocket(server.url.replace('http', 'ws') + path, options);
  const unread: unknown[] = [];
  let wake = () => undefined as unknown;
  socket.on('message', (data) => {
    unread.push(JSON.parse(String(data)));
    wake();
  });
  socket.on('error', () => undefined);
  const ended = new Promise<Ended>((resolve) => {
    socket.on('close', (code, reason) => {
      resolve({ code, reason: String(reason) });
      wake();
    });
  });
  const self: Visitor = {
    socket,
    ended,
    async id() {
      return ((await self.next()) as { channelid: string }).channelid;
    },
    async next() {
      while (unread.length === 0) {
        if (socket.readyState === WebSocket.CLOSED) throw new Error('the connection ended');
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return unread.shift();
    },
    settled() {
      const done = new Promise<void>((resolve) => socket.once('pong', () => resolve()));
      socket.ping();
      return done;
    },
    pinged: () => new Promise<void>((resolve) => socket.once('ping', () => resolve())),
    async leave() {
      socket.close();
      await ended;
    },
  };
  return self;
}

/** The status and headers with which a handshake is refused. */
export function refusal(
  server: TestServer,
  path = '/v1/ws/',
  options: ClientOptions = {},
): Promise<{ readonly status: number | undefined; readonly retryAfter: string | undefined }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(server.url.replace('http', 'ws') + path, options);
    socket.on('error', () => undefined);
    socket.on('open', () => reject(new Error('the handshake succeeded')));
    socket.on('unexpected-response', (request, response) => {
      resolve({ status: response.statusCode, retryAfter: response.headers['retry-after'] });
      request.destroy();
    });
  });
}

/** As a device of another address, where the server believes the proxy in front of it. */
export const from = (address: string): ClientOptions => ({ headers: { 'x-forwarded-for': address } });
