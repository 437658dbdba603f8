import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { MountFactory } from '@foxden/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { from, refusal, type Visitor, visit } from '../support/pairing.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const PER_ADDRESS = 3;
const IN_ALL = 5;

describe('channels open at a time', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({
      trustedProxies: ['127.0.0.1'],
      pairingChannels: IN_ALL,
      pairingChannelsPerAddress: PER_ADDRESS,
    });
  });
  afterAll(() => server.close());

  async function open(address: string, count: number): Promise<Visitor[]> {
    const visitors = Array.from({ length: count }, () => visit(server, '/v1/ws/', from(address)));
    for (const visitor of visitors) await visitor.id();
    return visitors;
  }
  const leave = (visitors: readonly Visitor[]) => Promise.all(visitors.map((visitor) => visitor.leave()));

  test('by one address: one more is refused before the handshake, until one is gone; joining is not counted', async () => {
    const [first, ...others] = await open('203.0.113.1', PER_ADDRESS);
    expect(await refusal(server, '/v1/ws/', from('203.0.113.1'))).toEqual({ status: 429, retryAfter: '60' });
    expect(await refusal(server, '/v1/ws/not-an-id', from('203.0.113.1'))).toMatchObject({ status: 429 });
    const elsewhere = visit(server, '/v1/ws/', from('203.0.113.2'));
    const joined = visit(server, `/v1/ws/${await elsewhere.id()}`, from('203.0.113.1'));
    await joined.id();
    await first?.leave();
    const again = await open('203.0.113.1', 1);
    expect(await refusal(server, '/v1/ws/', from('203.0.113.1'))).toMatchObject({ status: 429 });
    await leave([...others, elsewhere, joined, ...again]);
  });

  test('by one IPv6 network, whatever its addresses', async () => {
    const addresses = ['2001:db8:1:2::1', '2001:db8:1:2::2', '2001:db8:1:2:ffff::3'];
    const visitors = (await Promise.all(addresses.map((address) => open(address, 1)))).flat();
    expect(await refusal(server, '/v1/ws/', from('2001:db8:1:2::9'))).toMatchObject({ status: 429 });
    const neighbour = await open('2001:db8:1:3::9', 1);
    await leave([...visitors, ...neighbour]);
  });

  test('in all: one more is refused before the handshake, until the time of one is over', async () => {
    const visitors = [
      ...(await open('203.0.113.3', PER_ADDRESS)),
      ...(await open('203.0.113.4', IN_ALL - PER_ADDRESS)),
    ];
    expect(await refusal(server, '/v1/ws/', from('203.0.113.5'))).toEqual({ status: 503, retryAfter: '60' });
    server.clock.advance(server.server.context.config.pairingSeconds * 1000);
    const next = await open('203.0.113.5', 1);
    await Promise.all(visitors.map(({ ended }) => ended));
    await leave(next);
  });

  test('stay bounded whatever is tried at once', async () => {
    const attempts = Array.from({ length: 300 }, (_, index) => {
      const visitor = visit(server, '/v1/ws/', from(`198.51.100.${index % 250}`));
      return visitor.id().then(
        () => visitor,
        () => undefined,
      );
    });
    const opened = (await Promise.all(attempts)).filter((visitor) => visitor !== undefined);
    expect(opened).toHaveLength(IN_ALL);
    await leave(opened);
  });
});

describe('who does not read', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ pairingMessages: 100_000, pairingBytes: 104_857_600 });
  });
  afterAll(() => server.close());

  test('is cut off, and the others are not', async () => {
    const sender = visit(server);
    const path = `/v1/ws/${await sender.id()}`;
    const slow = visit(server, path);
    await slow.id();
    slow.socket.pause();
    const message = 'x'.repeat(32_768);
    for (let sent = 0; sent < 1000; sent += 1) {
      sender.socket.send(message);
      if (sent % 50 === 0) await sender.settled();
    }
    await sender.settled();
    slow.socket.resume();
    expect((await slow.ended).code).toBe(1006);
    const next = visit(server, path);
    await next.id();
    sender.socket.send('hello');
    expect(await next.next()).toMatchObject({ message: 'hello' });
  });

  test('is cut off though it only pings', async () => {
    const flood = visit(server);
    await flood.id();
    flood.socket.pause();
    const ping = Buffer.alloc(125);
    const send = async () => {
      for (let sent = 0; sent < 1000; sent += 1) flood.socket.ping(ping);
      return new Promise<boolean>((resolve) => flood.socket.ping(ping, true, (error) => resolve(!error)));
    };
    let rounds = 0;
    while (rounds < 1000 && (await send())) rounds += 1;
    flood.socket.resume();
    expect((await flood.ended).code).toBe(1006);
  });
});

describe('what is no WebSocket', () => {
  let server: TestServer;
  beforeAll(async () => {
    const mounted: MountFactory = async () => ({
      paths: ['/mounted/'],
      handle: (_request, response) => void response.end('{}'),
      close: async () => undefined,
    });
    server = await startTestServer({}, { mounts: [mounted] });
  });
  afterAll(() => server.close());

  /** Everything that comes back until the server hangs up. */
  async function answerTo(...parts: readonly (string | Buffer)[]): Promise<string> {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    for (const part of parts) socket.write(part);
    return text(socket);
  }
  const HANDSHAKE = [
    'GET /v1/ws/ HTTP/1.1',
    'Host: example.com',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
  ];
  const withKey = [...HANDSHAKE, 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', '', ''].join('\r\n');

  test.each([
    ['a request that asks for no other protocol', '/v1/ws/', {}, 404],
    ['one for another channel', `/v1/ws/${'A'.repeat(22)}`, {}, 404],
    ['another method', '/v1/ws/', { method: 'POST' }, 405],
    ['a path below a channel', `/v1/ws/${'A'.repeat(22)}/more`, {}, 404],
  ])('is refused: %s', async (_name, path, init, status) => {
    expect((await server.raw(path, init)).status).toBe(status);
  });

  test('is refused: a handshake without a key', async () => {
    expect(await answerTo([...HANDSHAKE, '', ''].join('\r\n'))).toMatch(/^HTTP\/1.1 400 /);
  });

  test.each([
    ['frames that are not masked', Buffer.from([0x81, 0x01, 0x78])],
    ['frames of an unknown kind', Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
    ['a continuation of nothing', Buffer.from([0x80, 0x80, 0, 0, 0, 0])],
    ['text that is not UTF-8', Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0xff])],
    ['a length beyond all bounds', Buffer.from([0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255])],
  ])('ends the connection: %s', async (_name, bytes) => {
    const answer = await answerTo(withKey, bytes);
    expect(answer).toMatch(/^HTTP\/1.1 101 /);
    const visitor = visit(server);
    await visitor.id();
    await visitor.leave();
  });

  test.each([
    ['a route', '/__lbheartbeat__'],
    ['a service beside the accounts', '/mounted/'],
  ])('is answered by %s as if it had asked for nothing, where it asks for what nobody speaks', async (_name, path) => {
    const lines = [`GET ${path} HTTP/1.1`, 'Host: example.com', 'Connection: Upgrade', 'Upgrade: h2c', '', ''];
    const answer = await answerTo(lines.join('\r\n'));
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer.toLowerCase()).toContain('connection: close');
    expect(answer.endsWith('{}')).toBe(true);
  });

  test('is refused, not waited for: a request with a body that asks for another protocol', async () => {
    const body = JSON.stringify({ email: 'rosa@example.com' });
    const lines = [
      'POST /v1/account/status HTTP/1.1',
      'Host: example.com',
      'Connection: Upgrade',
      'Upgrade: h2c',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      '',
      body,
    ];
    expect(await answerTo(lines.join('\r\n'))).toMatch(/^HTTP\/1.1 400 /);
  });
});

test('when the server stops, whoever is connected is told, also who does not listen, and it stops', async () => {
  const server = await startTestServer();
  const first = visit(server);
  const second = visit(server, `/v1/ws/${await first.id()}`);
  await second.id();
  const deaf = visit(server);
  await deaf.id();
  deaf.socket.pause();
  await server.close();
  const STOPPED = { code: 1001, reason: 'the server stops' };
  expect([await first.ended, await second.ended]).toEqual([STOPPED, STOPPED]);
});
