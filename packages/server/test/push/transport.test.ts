import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { createPushTransport, type PushRequest, type PushTransport } from '../../src/push/index.js';

const servers: Server[] = [];
const transports: PushTransport[] = [];
afterEach(() => {
  for (const transport of transports.splice(0)) transport.close();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function transport(lookup?: LookupFunction): PushTransport {
  const made = createPushTransport(lookup);
  transports.push(made);
  return made;
}

/** A resolver that gives the same addresses for every name. */
const resolvesTo = (...addresses: string[]): LookupFunction => {
  return (_hostname, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
};

const request = (endpoint: string, more: Partial<PushRequest> = {}): PushRequest => ({
  endpoint,
  headers: { ttl: '5' },
  body: new Uint8Array([1, 2, 3]),
  privateNetwork: true,
  signal: AbortSignal.timeout(5000),
  ...more,
});

test('a message is posted with its headers and its body, and the head of the answer counts', async () => {
  const got: { method: string | undefined; url: string | undefined; ttl: unknown; body: Buffer }[] = [];
  const origin = await listen(async ({ method, url, headers }, response) => {
    got.push({ method, url, ttl: headers['ttl'], body: Buffer.alloc(0) });
    response.writeHead(201, { 'retry-after': '7' }).end('a body that nobody reads');
  });
  expect(await transport().send(request(`${origin}/wpush/1?a=b`))).toEqual({ status: 201, retryAfter: '7' });
  expect(got).toMatchObject([{ method: 'POST', url: '/wpush/1?a=b', ttl: '5' }]);
});

test('the body arrives as it is', async () => {
  const bodies: Buffer[] = [];
  const origin = await listen(async (incoming, response) => {
    bodies.push(await buffer(incoming));
    response.writeHead(201).end();
  });
  await transport().send(request(origin));
  expect(bodies).toEqual([Buffer.from([1, 2, 3])]);
});

test('a redirect is an answer, and is not followed', async () => {
  let requests = 0;
  const origin = await listen((_, response) => {
    requests += 1;
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  expect((await transport().send(request(origin))).status).toBe(307);
  expect(requests).toBe(1);
});

test('a service that never answers is waited for no longer than the signal lasts', async () => {
  const origin = await listen(() => {});
  const end = new AbortController();
  const sending = transport().send(request(origin, { signal: end.signal }));
  end.abort();
  await expect(sending).rejects.toThrow();
});

test('an answer whose body never ends is let go of when the signal ends', async () => {
  const answered: ServerResponse[] = [];
  const origin = await listen((_, response) => {
    answered.push(response);
    response.writeHead(201).write('x');
  });
  const end = new AbortController();
  expect((await transport().send(request(origin, { signal: end.signal }))).status).toBe(201);
  end.abort();
  await expect.poll(() => answered[0]?.closed).toBe(true);
});

test('closing ends what is on its way', async () => {
  let reached = false;
  const origin = await listen(() => {
    reached = true;
  });
  const own = createPushTransport();
  const sending = own.send(request(origin));
  sending.catch(() => {});
  await expect.poll(() => reached).toBe(true);
  own.close();
  await expect(sending).rejects.toThrow();
});

describe('an endpoint that is not named in the settings', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
  ])('is not connected to at %s', async (address) => {
    const origin = await listen((_, response) => response.end());
    const endpoint = origin.replace('127.0.0.1', 'push.example.com');
    const sending = transport(resolvesTo(address)).send(request(endpoint, { privateNetwork: false }));
    await expect(sending).rejects.toThrow('push.example.com has no public address');
  });

  test('is connected to at its public addresses alone', async () => {
    const seen: unknown[] = [];
    const lookup: LookupFunction = (hostname, options, callback) => {
      seen.push(options.all);
      resolvesTo('10.0.0.1', '192.0.2.1')(hostname, options, callback);
    };
    // 192.0.2.1 is for documentation: it is not public either, so nothing is left.
    const sending = transport(lookup).send(request('http://push.example.com:1/', { privateNetwork: false }));
    await expect(sending).rejects.toThrow('has no public address');
    expect(seen).toEqual([true]);
  });
});

test('an endpoint that is named in the settings may be in a private network', async () => {
  const origin = await listen((_, response) => response.writeHead(201).end());
  const endpoint = origin.replace('127.0.0.1', 'push.example.com');
  expect((await transport(resolvesTo('127.0.0.1')).send(request(endpoint))).status).toBe(201);
});
