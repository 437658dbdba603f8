import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ListenAddress } from '../config/index.js';

/** Time in which a whole request must have arrived, milliseconds. */
const REQUEST_TIMEOUT = 30_000;
/** Longer than the idle time of common reverse proxies, so that they never reuse a connection we just closed. */
const KEEP_ALIVE_TIMEOUT = 75_000;
/** How long running requests may take to finish when the server closes, milliseconds. */
const DRAIN_TIMEOUT = 10_000;

/** The HTTP server under the app, and when it listens. */
export interface Socket {
  readonly server: Server;
  readonly address: ListenAddress;
  listen(): Promise<void>;
  /** Stops accepting, waits for running requests, cuts what does not end in time. */
  close(): Promise<void>;
}

/**
 * Makes the HTTP server. A free port (0) is bound at once, since every link and token carries the public URL and so must
 * know it; a port that was named is bound when the app is ready.
 */
export async function bindSocket(address: ListenAddress): Promise<Socket> {
  const server = createServer();
  server.requestTimeout = REQUEST_TIMEOUT;
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT;
  server.headersTimeout = KEEP_ALIVE_TIMEOUT + 1000;
  if (address.port === 0) await listen(server, address);
  const bound = address.port === 0 ? (server.address() as AddressInfo).port : address.port;
  return {
    server,
    address: { ...address, port: bound },
    listen: () => (server.listening ? Promise.resolve() : listen(server, address)),
    close: () => close(server),
  };
}

async function listen(server: Server, { host, port }: ListenAddress): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

function close(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** `http://host:port` of an address, IPv6 in brackets. */
export function httpUrl({ host, port }: ListenAddress): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
