import { deriveToken, hexToBytes, oauthEndpoints, SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addClient } from '../../src/oauth/index.js';
import { signUp } from '../support/person.js';
import { bearer, startTestServer, type TestServer } from '../support/test-server.js';
import { FENIX, FIREFOX, pkce, REDIRECT, VERIFIER } from './fixture.js';

let server: TestServer;
let sessionToken: string;
let uid: string;
let app: { id: string; secret: string };
beforeAll(async () => {
  server = await startTestServer();
  ({ sessionToken, uid } = await signUp(server, 'person@example.com'));
  const added = await addClient(server.server.context, { name: 'An app', redirectUris: [REDIRECT], trusted: true });
  app = { id: added.client.id, secret: added.secret ?? '' };
});
afterAll(() => server.close());

const authorization = async (body: Record<string, unknown>) =>
  server.call(oauthEndpoints.oauthAuthorization, {
    token: ['sessionToken', sessionToken],
    body: { state: 's', ...body } as never,
  });
const codeOfApp = async (more: Record<string, unknown> = {}) =>
  (await authorization({ client_id: app.id, scope: 'openid profile:email', ...more })).body.code;

const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  server.raw(path, { method: 'POST', body: new URLSearchParams(fields), headers });
const basic = (id = app.id, secret = app.secret) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

describe('GET /v1/authorization', () => {
  test('sends the browser to the page with the same query', async () => {
    const query = 'client_id=x&scope=profile%3Aemail%20openid&state=a%2Bb';
    const response = await server.raw(`/v1/authorization?${query}`);
    expect([response.status, response.headers.get('location')]).toEqual([302, `${server.url}/authorization?${query}`]);
  });

  test('refuses key material', async () => {
    const response = await server.raw('/v1/authorization?client_id=x&keys_jwk=abc');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errno: 109, validation: { keys: ['keys_jwk'] } });
  });
});

describe('POST /v1/oauth/authorization', () => {
  test('takes null for absent, as the Rust client writes it', async () => {
    const { status } = await authorization({
      client_id: app.id,
      scope: 'profile',
      code_challenge: null,
      code_challenge_method: null,
      keys_jwe: null,
      acr_values: null,
    });
    expect(status).toBe(200);
  });

  test('refuses unknown members, and OAuth errors have the numbers of this family', async () => {
    expect((await authorization({ client_id: app.id, scope: 'profile', assertion: 'x' })).body).toMatchObject({
      errno: 107,
    });
    const cases: [Record<string, unknown>, number, number][] = [
      [{ client_id: 'f'.repeat(16), scope: 'profile' }, 400, 162],
      [{ client_id: app.id, scope: SCOPE_OLDSYNC }, 400, 163],
      [{ client_id: app.id, scope: 'profile', redirect_uri: 'https://evil.example/' }, 400, 167],
      [{ client_id: FENIX, scope: 'profile' }, 400, 169],
      [{ client_id: app.id, scope: 'profile', acr_values: 'AAL2' }, 400, 170],
      [{ client_id: app.id, scope: 'a:' }, 400, 107],
    ];
    for (const [body, code, errno] of cases) expect((await authorization(body)).body).toMatchObject({ code, errno });
  });

  test('needs a session', async () => {
    const answer = await server.call(oauthEndpoints.oauthAuthorization, {
      body: { client_id: app.id, state: 's', scope: 'profile' },
    });
    expect(answer.body).toMatchObject({ code: 401, errno: 110 });
  });
});

describe('POST /v1/token', () => {
  test.each([
    ['Basic', () => ({}), () => basic()],
    ['client_secret_post', () => ({ client_id: app.id, client_secret: app.secret }), () => ({})],
    ['Basic with the id repeated in the body', () => ({ client_id: app.id }), () => basic()],
  ])('takes a form and %s', async (_name, fields, headers) => {
    const code = await codeOfApp();
    const response = await form(
      '/v1/token',
      { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ttl: '60', ...fields() },
      headers(),
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ token_type: 'bearer', expires_in: 60 });
  });

  test('refuses two ways of authentication at once, two clients, and a header that is not one', async () => {
    const code = await codeOfApp();
    const attempts: [Record<string, string>, Record<string, string>][] = [
      [{ client_secret: app.secret }, basic()],
      [{ client_id: FENIX }, basic()],
      [{}, { authorization: 'Basic !' }],
      [{}, { authorization: `Basic ${Buffer.from('only-an-id').toString('base64')}` }],
    ];
    for (const [fields, headers] of attempts) {
      const response = await form('/v1/token', { code, ...fields }, headers);
      expect([response.status, (await response.json()).errno]).toEqual([400, 109]);
    }
  });

  test('names errors as RFC 6749 §5.2 does, beside their numbers', async () => {
    const code = await codeOfApp();
    const ask = async (fields: Record<string, string>, headers: Record<string, string> = basic()) =>
      (await form('/v1/token', fields, headers)).json();
    expect(await ask({ code: 'ab'.repeat(32) })).toMatchObject({ error: 'invalid_grant', errno: 105 });
    expect(await ask({ code }, basic(app.id, 'ff'.repeat(32)))).toMatchObject({ error: 'invalid_client', errno: 102 });
    expect(await ask({ grant_type: 'password' })).toMatchObject({ error: 'unsupported_grant_type', errno: 121 });
    expect(await ask({ code, redirect_uri: 'https://evil.example/' })).toMatchObject({ errno: 103 });
    expect(await ask({ grant_type: 'refresh_token', refresh_token: 'ab'.repeat(32) })).toMatchObject({
      error: 'invalid_grant',
      errno: 108,
    });
  });

  test('refuses a resource with a fragment', async () => {
    const response = await form('/v1/token', { code: await codeOfApp(), resource: 'https://api.example/#x' }, basic());
    expect(await response.json()).toMatchObject({ errno: 109, validation: { keys: ['resource'] } });
  });

  test('ignores members it does not know, and a session', async () => {
    const response = await server.raw('/v1/token', {
      method: 'POST',
      body: JSON.stringify({
        client_id: app.id,
        client_secret: app.secret,
        code: await codeOfApp(),
        colour: 'blue',
        resource: null,
      }),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        authorization: await bearer('sessionToken', sessionToken),
      },
    });
    expect(response.status).toBe(200);
  });
});

describe('POST /v1/oauth/token', () => {
  test('gives tokens for a session, and none without one', async () => {
    const body = { client_id: FIREFOX, grant_type: 'fxa-credentials', scope: SCOPE_OLDSYNC } as const;
    const answer = await server.ok(oauthEndpoints.oauthToken, { token: ['sessionToken', sessionToken], body });
    expect(answer.access_token).toMatch(/^ey/);
    expect(await server.fails(oauthEndpoints.oauthToken, { body })).toMatchObject({ code: 401, errno: 110 });
  });

  test('turns a code with tokens/session into a working session', async () => {
    const { body } = await authorization({
      client_id: FENIX,
      scope: `profile ${SCOPE_SESSION_TOKEN}`,
      ...(await pkce()),
    });
    const answer = await server.ok(oauthEndpoints.oauthToken, {
      body: { client_id: FENIX, code: body.code, code_verifier: VERIFIER },
    });
    const { tokenId } = await deriveToken('sessionToken', hexToBytes(answer.session_token ?? ''));
    const status = await server.raw('/v1/session/status', { headers: { authorization: `Bearer fxs_${tokenId}` } });
    expect(await status.json()).toMatchObject({ uid, state: 'verified' });
  });

  test('has errors of the auth family: a dead refresh token is a 401', async () => {
    const body = { client_id: FENIX, grant_type: 'refresh_token', refresh_token: 'ab'.repeat(32) } as const;
    expect(await server.fails(oauthEndpoints.oauthToken, { body })).toMatchObject({ code: 401, errno: 110 });
  });
});

test('GET /v1/jwks may be kept for an hour', async () => {
  const answer = await server.call(oauthEndpoints.jwks);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=3600');
  expect(answer.body.keys).toHaveLength(1);
});

test.each([
  [oauthEndpoints.client, 101],
  [oauthEndpoints.oauthClient, 162],
])('client information under both paths, with the numbers of their families', async (endpoint, errno) => {
  expect(await server.ok(endpoint, { params: { client_id: app.id } })).toEqual({
    id: app.id,
    name: 'An app',
    trusted: true,
    redirect_uri: REDIRECT,
  });
  expect(await server.fails(endpoint, { params: { client_id: 'f'.repeat(16) } })).toMatchObject({ errno });
});

describe('GET /v1/profile', () => {
  const profile = (token: string) =>
    server.call(oauthEndpoints.profile, { headers: { authorization: `Bearer ${token}` } });
  const grant = async (client_id: string, scope: string, ttl?: number) =>
    (
      await server.ok(oauthEndpoints.oauthToken, {
        token: ['sessionToken', sessionToken],
        body: { client_id, scope, ttl },
      })
    ).access_token;

  test.each([FENIX, FIREFOX])('answers to the bearer of a token of %s', async (client_id) => {
    const answer = await profile(await grant(client_id, 'profile:email openid'));
    expect(answer.body).toEqual({ email: 'person@example.com', sub: uid });
  });

  test('a bad or expired token is 401, a token for something else 403', async () => {
    const token = await grant(FENIX, 'profile', 60);
    server.clock.advance(60_000);
    for (const text of [token, 'ab'.repeat(32), 'x']) {
      const answer = await profile(text);
      expect([answer.status, answer.body]).toEqual([401, expect.objectContaining({ errno: 100 })]);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
    expect((await profile(await grant(FENIX, SCOPE_OLDSYNC))).status).toBe(403);
    expect((await server.call(oauthEndpoints.profile)).status).toBe(401);
  });
});

describe('discovery', () => {
  const read = async (name: string) => (await server.raw(`/.well-known/${name}`)).json();

  test('names what Rust clients cannot do without, on this origin', async () => {
    const document = await read('openid-configuration');
    expect(document).toMatchObject({
      issuer: server.url,
      authorization_endpoint: `${server.url}/authorization`,
      token_endpoint: `${server.url}/v1/token`,
      userinfo_endpoint: `${server.url}/v1/profile`,
      introspection_endpoint: `${server.url}/v1/introspect`,
      jwks_uri: `${server.url}/v1/jwks`,
    });
  });

  test.each(['openid-configuration', 'oauth-authorization-server'])('every endpoint of %s answers', async (name) => {
    const document = await read(name);
    const endpoints = Object.entries(document).filter(([key]) => key.endsWith('_endpoint') || key === 'jwks_uri');
    expect(endpoints.length).toBeGreaterThan(4);
    for (const [key, url] of endpoints) {
      if (key === 'authorization_endpoint') continue;
      const method = key === 'userinfo_endpoint' || key === 'jwks_uri' ? 'GET' : 'POST';
      // Pages answer a form with where they are, and are there for browsers only.
      const { status } = await fetch(String(url), { method, redirect: 'manual' });
      expect(status, key).not.toBe(404);
    }
  });
});
