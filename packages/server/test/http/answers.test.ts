import { accountCreate, accountLogin, bytesToHex, deriveToken, hexToBytes, sessionStatus } from '@foxden/protocol';
import hawk from 'hawk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authPWOf, signUp } from '../support/person.js';
import { bearer, startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const JSON_TYPE = { 'content-type': 'application/json' };

async function post(path: string, body: string, headers: Record<string, string> = JSON_TYPE) {
  const response = await server.raw(path, { method: 'POST', body, headers });
  return { response, body: (await response.json()) as Record<string, unknown> };
}

describe('every answer', () => {
  test('carries Timestamp and Date, is JSON, and is not cached', async () => {
    for (const path of ['/v1/session/status', '/v1/nothing-here', '/__lbheartbeat__']) {
      const response = await server.raw(path);
      expect(response.headers.get('timestamp')).toBe(String(Math.floor(server.clock.now() / 1000)));
      expect(response.headers.get('date')).not.toBeNull();
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    }
    const created = await server.raw('/v1/get_random_bytes', { method: 'POST' });
    expect(created.headers.get('cache-control')).toBe('no-store');
  });

  test('may be read by a page of any origin, without credentials', async () => {
    const preflight = await server.raw('/v1/account/login', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    const answer = await server.raw('/v1/session/status', { headers: { origin: 'https://app.example.com' } });
    expect(answer.headers.get('access-control-expose-headers')).toContain('Timestamp');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

describe('errors have the documented form', () => {
  test('unknown path: 404 with errno 999', async () => {
    const response = await server.raw('/v1/nothing-here');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      code: 404,
      errno: 999,
      error: 'Not Found',
      info: expect.any(String),
    });
  });

  test('another method: 405 that says which are allowed', async () => {
    const response = await server.raw('/v1/account/login');
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.json()).toMatchObject({ code: 405, errno: 999 });
  });

  test('the API before this one: 410 with errno 116', async () => {
    const response = await server.raw('/v0/account/login');
    expect(await response.json()).toMatchObject({ code: 410, errno: 116 });
  });

  test('malformed JSON: 106 on auth routes, 109 on OAuth routes', async () => {
    expect((await post('/v1/account/login', '{"email":')).body).toMatchObject({ code: 400, errno: 106 });
    expect((await post('/v1/token', '{"code":')).body).toMatchObject({ code: 400, errno: 109 });
  });

  test('a missing member: 108 with its name; a bad one: 107 with where and which', async () => {
    const missing = await post('/v1/account/login', '{"email":"a@example.com"}');
    expect(missing.body).toMatchObject({ code: 400, errno: 108, param: 'authPW' });
    const bad = await post('/v1/account/login', JSON.stringify({ email: 'a@localhost', authPW: '0'.repeat(64) }));
    expect(bad.body).toMatchObject({ errno: 107, validation: { source: 'payload', keys: ['email'] } });
    const query = await post(
      '/v1/account/login?keys=perhaps',
      JSON.stringify({ email: 'a@example.com', authPW: '0'.repeat(64) }),
    );
    expect(query.body).toMatchObject({ errno: 107, validation: { source: 'query', keys: ['keys'] } });
  });

  test('unknown members are ignored, as deployed clients rely on', async () => {
    const body = { email: 'vpn@example.com', authPW: '0'.repeat(64), skipErrorCase: true, scopes: ['profile'] };
    expect((await post('/v1/account/login', JSON.stringify(body))).body).toMatchObject({ errno: 102 });
  });

  test('a body over 16384 bytes: 413 with errno 113; one at the limit is read', async () => {
    const frame = JSON.stringify({ email: 'a@example.com', padding: '' }).length;
    const fill = (size: number) => JSON.stringify({ email: 'a@example.com', padding: 'x'.repeat(size - frame) });
    expect((await post('/v1/account/login', fill(16_384))).body).toMatchObject({ errno: 108 });
    expect((await post('/v1/account/login', fill(16_385))).body).toMatchObject({ code: 413, errno: 113 });
  });

  test('another content type: 415 with a JSON body', async () => {
    const { body } = await post('/v1/account/login', 'hello', { 'content-type': 'text/plain' });
    expect(body).toMatchObject({ code: 415 });
    const form = await post('/v1/account/login', 'email=a', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(form.body).toMatchObject({ code: 415 });
  });

  test('a URL that cannot be decoded: 400', async () => {
    const response = await server.raw('/v1/client/%zz');
    expect(await response.json()).toMatchObject({ code: 400, errno: 107 });
  });

  test('a required body that is missing: 401 with errno 109; elsewhere no body is an empty one', async () => {
    const { sessionToken } = await signUp(server, 'nobody@example.com');
    const authorization = await bearer('sessionToken', sessionToken);
    const send = async (path: string) =>
      (await server.raw(path, { method: 'POST', headers: { authorization } })).json() as Promise<{ errno?: number }>;
    expect(await send('/v1/session/duplicate')).toMatchObject({ code: 401, errno: 109 });
    expect(await send('/v1/session/resend_code')).toEqual({});
  });

  test('no or a foreign Authorization: 401 with errno 110', async () => {
    for (const headers of [{}, { authorization: 'Basic YTpi' }, { authorization: 'Bearer nonsense' }]) {
      const response = await server.raw('/v1/session/status', { headers });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ errno: 110, detail: 'Token not found' });
    }
  });
});

describe('Hawk', () => {
  async function hawkHeader(sessionToken: string, url: string, method: string, payload?: string, key?: string) {
    const { tokenId, reqHMACkey } = await deriveToken('sessionToken', hexToBytes(sessionToken));
    const credentials = {
      id: tokenId,
      key: Buffer.from(key ?? bytesToHex(reqHMACkey), 'hex'),
      algorithm: 'sha256' as const,
    };
    const options = payload === undefined ? {} : { payload, contentType: 'application/json' };
    return hawk.client.header(url, method, { credentials, ...options }).header;
  }

  test('a header made by another library signs in', async () => {
    const { sessionToken, uid } = await signUp(server, 'hawk@example.com');
    const authorization = await hawkHeader(sessionToken, `${server.url}/v1/session/status`, 'GET');
    expect((await server.ok(sessionStatus, { headers: { authorization } })).uid).toBe(uid);
  });

  test('strict mode checks MAC and payload hash and ignores the clock', async () => {
    const strict = await startTestServer({ hawkCheck: 'mac' });
    try {
      const { sessionToken } = await signUp(strict, 'strict@example.com');
      const path = '/v1/session/duplicate';
      const send = async (authorization: string, body: string) =>
        (await strict.raw(path, { method: 'POST', body, headers: { authorization, ...JSON_TYPE } })).status;
      const url = strict.url + path;
      expect(await send(await hawkHeader(sessionToken, url, 'POST', '{}'), '{}')).toBe(200);
      expect(await send(await hawkHeader(sessionToken, url, 'POST', '{}'), '{"reason":"x"}')).toBe(401);
      expect(await send(await hawkHeader(sessionToken, url, 'POST', '{}', '00'.repeat(32)), '{}')).toBe(401);
      expect(await send(await hawkHeader(sessionToken, `${url}?other`, 'POST', '{}'), '{}')).toBe(401);
    } finally {
      await strict.close();
    }
  });
});

describe('limits', () => {
  test('the sixth sign-in to an address within 15 minutes waits: 429, errno 114, seconds in body and header', async () => {
    const limited = await startTestServer({ rateLimits: true });
    try {
      const email = 'limited@example.com';
      await signUp(limited, email);
      const body = { email, authPW: '0'.repeat(64) };
      for (let attempt = 0; attempt < 5; attempt += 1) {
        expect(await limited.fails(accountLogin, { body })).toMatchObject({ errno: 103 });
      }
      const refused = await limited.call(accountLogin, { body: { email, authPW: await authPWOf(email) } });
      expect(refused.status).toBe(429);
      expect(refused.body).toMatchObject({ errno: 114, retryAfter: 900 });
      expect(refused.headers.get('retry-after')).toBe('900');
      limited.clock.advance(900_000);
      await limited.ok(accountLogin, { body: { email, authPW: await authPWOf(email) } });
    } finally {
      await limited.close();
    }
  });
});

describe('documents', () => {
  test('the client configuration names this server, without /v1', async () => {
    const response = await server.raw('/.well-known/fxa-client-configuration');
    expect(await response.json()).toEqual({
      auth_server_base_url: server.url,
      oauth_server_base_url: server.url,
      profile_server_base_url: server.url,
      sync_tokenserver_base_url: server.url,
      pairing_server_base_uri: server.url.replace('http', 'ws'),
    });
  });

  test('health and version answer JSON; the version ends in a newline', async () => {
    expect(await (await server.raw('/__heartbeat__')).json()).toEqual({});
    expect(await (await server.raw('/__lbheartbeat__')).json()).toEqual({});
    const version = await (await server.raw('/__version__')).text();
    expect(version.endsWith('}\n')).toBe(true);
    expect(JSON.parse(version)).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  });

  test('the OpenAPI document has every endpoint', async () => {
    const document = (await (await server.raw('/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(document.paths['/v1/account/login']?.['post']?.operationId).toBe('accountLogin');
  });
});

test('nothing secret is logged: no token, code, address or password', async () => {
  const quiet = await startTestServer({ mailboxListen: null, logLevel: 'info' });
  try {
    const email = 'secret@example.com';
    const authPW = await authPWOf(email);
    const { sessionToken } = await quiet.ok(accountCreate, { body: { email, authPW } });
    await quiet.ok(sessionStatus, { token: ['sessionToken', sessionToken] });
    await quiet.fails(accountLogin, { body: { email, authPW: '0'.repeat(64) } });
    const authorization = await bearer('sessionToken', sessionToken);
    await quiet.raw(`/v1/account/status?uid=${'ab'.repeat(16)}`, { headers: { authorization } });
    await quiet.close();
    const text = quiet.log.filter((line) => line.startsWith('{')).join('');
    expect(text).toContain('"route":"/v1/account/login"');
    for (const secret of [sessionToken, authorization, authPW, email, 'ab'.repeat(16)])
      expect(text).not.toContain(secret);
  } finally {
    await quiet.close();
  }
});
