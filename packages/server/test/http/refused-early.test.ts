import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** What comes back for bytes that no HTTP library would send, until the server hangs up. */
async function answerTo(bytes: string): Promise<{ head: string; body: unknown }> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { head, body: JSON.parse(body) };
}

describe('what never becomes a request is refused in the form of every other error, and the connection ends', () => {
  test.each([
    ['bytes that are not HTTP', 'EHLO example.com\r\n\r\n', { code: 400, errno: 999 }],
    [
      'a header of no known length',
      'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n',
      { code: 400, errno: 999 },
    ],
    ['headers over 16 KiB', `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'x'.repeat(16_384)}\r\n\r\n`, { code: 431 }],
  ])('%s', async (_name, bytes, expected) => {
    const { head, body } = await answerTo(bytes);
    expect(head).toContain(`HTTP/1.1 ${expected.code} `);
    expect(head).toContain('content-type: application/json');
    expect(head).toMatch(/^timestamp: \d+$/m);
    expect(head).toContain('access-control-allow-origin: *');
    expect(head).toContain('connection: close');
    expect(body).toMatchObject({ ...expected, errno: 999, info: expect.any(String) });
  });
});

test('a URL that cannot be decoded: the headers of every other answer, so that a page may read it', async () => {
  const response = await server.raw('/v1/client/%zz');
  expect(response.status).toBe(400);
  expect(response.headers.get('timestamp')).toMatch(/^\d+$/);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
});

test('OPTIONS without the headers of a browser is answered too, without a body', async () => {
  const response = await server.raw('/v1/account/login', { method: 'OPTIONS' });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-methods')).toContain('POST');
});

describe('the body of a request that nobody answers is not looked at', () => {
  test.each([
    ['an unknown path', 'POST', '/v1/nothing-here', 404],
    ['another method', 'PUT', '/v1/account/login', 405],
    ['a file that is not there', 'GET', '/assets/missing.js', 404],
  ])('%s', async (_name, method, path, status) => {
    const body = method === 'GET' ? null : '{"malformed":';
    const response = await server.raw(path, { method, body, headers: { 'content-type': 'application/json' } });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code: status, errno: 999 });
  });
});
