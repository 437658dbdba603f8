import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { visit } from '../support/pairing.js';
import { startTestServer } from '../support/test-server.js';

const PREFIX = '/fox';
const DEVICE = '203.0.113.7';

/** What a reverse proxy does with a handshake: it takes the prefix away, says who asks, and passes on. */
function passOn(upstream: number, request: IncomingMessage, head: Buffer): void {
  const { socket, url = '', rawHeaders } = request;
  const lines = [`GET ${url.slice(PREFIX.length)} HTTP/1.1`, `X-Forwarded-For: ${DEVICE}`];
  for (let index = 0; index < rawHeaders.length; index += 2)
    lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  const passed = connect(upstream, '127.0.0.1');
  passed.write(`${lines.join('\r\n')}\r\n\r\n`);
  passed.write(head);
  socket.pipe(passed).pipe(socket);
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, 'close');
  return port;
}

test('below a path prefix, devices meet where discovery says, and are told the addresses that the proxy saw', async () => {
  const upstream = await freePort();
  const proxy = createServer().on('upgrade', (request, _socket, head) => passOn(upstream, request, head));
  const publicUrl = `http://127.0.0.1:${await listening(proxy)}${PREFIX}`;
  const server = await startTestServer({
    listen: { host: '127.0.0.1', port: upstream },
    publicUrl,
    trustedProxies: ['127.0.0.1'],
  });
  const discovery = await (await server.raw('/.well-known/fxa-client-configuration')).json();
  const { pairing_server_base_uri: base } = discovery as { readonly pairing_server_base_uri: string };
  expect(base).toBe(publicUrl.replace('http', 'ws'));
  const first = visit({ url: base });
  const second = visit({ url: base }, `/v1/ws/${await first.id()}`);
  await second.id();
  first.socket.send('hello');
  expect(await second.next()).toEqual({ message: 'hello', sender: { remote: DEVICE } });
  await Promise.all([first.leave(), second.leave()]);
  await server.close();
  proxy.close();
});
