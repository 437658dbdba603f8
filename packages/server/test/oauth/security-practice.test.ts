import { oauthEndpoints, oauthLogout, SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN } from '@foxden/protocol';
import fc from 'fast-check';
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addClient } from '../../src/oauth/index.js';
import { signUp } from '../support/person.js';
import { bearer, startTestServer, type TestServer } from '../support/test-server.js';
import { pkce, REDIRECT, VERIFIER } from './fixture.js';

// RFC 9700 (Best Current Practice for OAuth 2.0 Security) and draft-ietf-oauth-browser-based-apps, rule by rule.

const BYE = 'https://app.example.com/bye';
let server: TestServer;
let sessionToken: string;
let app: { id: string; secret: string };
let publicApp: string;
beforeAll(async () => {
  server = await startTestServer();
  server.clock.advance(Date.now() - server.clock.now());
  ({ sessionToken } = await signUp(server, 'person@example.com'));
  const common = { redirectUris: [REDIRECT], postLogoutRedirectUris: [BYE] };
  const added = await addClient(server.server.context, { name: 'An app', ...common });
  app = { id: added.client.id, secret: added.secret ?? '' };
  publicApp = (await addClient(server.server.context, { name: 'A page', ...common, publicClient: true })).client.id;
});
afterAll(() => server.close());

const authorize = async (body: Record<string, unknown>, origin = 'https://app.example.com') =>
  server.call(oauthEndpoints.oauthAuthorization, {
    token: ['sessionToken', sessionToken],
    headers: { origin },
    body: { state: 's', scope: 'openid email', client_id: app.id, ...body } as never,
  });
const codeOf = async (body: Record<string, unknown> = {}) => (await authorize(body)).body.code;
const token = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  server.raw('/v1/token', { method: 'POST', body: new URLSearchParams(fields), headers });
const redeem = (fields: Record<string, string>) => token({ client_id: app.id, client_secret: app.secret, ...fields });

describe('redirects (RFC 9700 §2.1, §4.1, §4.11)', () => {
  test.each([
    `${REDIRECT}/`,
    `${REDIRECT}?x=1`,
    `${REDIRECT}#x`,
    `${REDIRECT}/../other`,
    REDIRECT.toUpperCase(),
    REDIRECT.replace('https', 'http'),
    REDIRECT.replace('app.', 'app.evil.'),
    REDIRECT.replace('app.example.com', 'app.example.com@evil.example'),
    REDIRECT.replace('app.example.com', 'app.example.com:443'),
    `${REDIRECT}%00`,
    'https://evil.example/',
  ])('the redirect must match exactly: %s does not', async (redirect_uri) => {
    expect((await authorize({ redirect_uri })).body).toMatchObject({ code: 400, errno: 167 });
  });

  test('no open redirector: whatever is asked for, a code goes to a registered address or nowhere', async () => {
    const odd = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.constantFrom('//evil.example', '/\\evil.example', 'https:evil.example', 'javascript:alert(1)', 'data:,x'),
      fc.tuple(fc.constantFrom(REDIRECT, BYE), fc.string({ maxLength: 12 })).map((parts) => parts.join('')),
      fc.string({ maxLength: 60 }),
    );
    await fc.assert(
      fc.asyncProperty(odd, async (redirect_uri) => {
        const answer = await authorize({ redirect_uri });
        if (answer.status !== 200) return;
        expect(redirect_uri).toBe(REDIRECT);
        expect(answer.body.redirect.startsWith(`${REDIRECT}?`)).toBe(true);
      }),
      { numRuns: 300, examples: [[REDIRECT]] },
    );
  });

  test('no open redirector: what answers a GET or a form sends browsers to pages of this server only', async () => {
    await fc.assert(
      fc.asyncProperty(fc.webUrl({ withQueryParameters: true }), fc.string({ maxLength: 40 }), async (url, text) => {
        const query = new URLSearchParams({ redirect_uri: url, post_logout_redirect_uri: url, state: text });
        const form = { method: 'POST', body: query };
        for (const answer of await Promise.all([
          server.raw(`/v1/authorization?${query}`),
          server.raw('/authorization', form),
          server.raw('/logout', form),
        ])) {
          expect(new URL(answer.headers.get('location') ?? '', server.url).origin).toBe(server.url);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('no open redirector after signing out either', async () => {
    const id_token_hint = String((await (await redeem({ code: await codeOf() })).json()).id_token);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.webUrl(),
          fc.string().map((end) => BYE + end),
        ),
        async (asked) => {
          const answer = await server.call(oauthLogout, { body: { id_token_hint, post_logout_redirect_uri: asked } });
          if (answer.status === 200) expect([asked, answer.body.redirect]).toEqual([BYE, BYE]);
        },
      ),
      { numRuns: 150, examples: [[BYE]] },
    );
  });

  test('the answer is a redirect that the page follows, never a 307, which would repeat a form with the password', async () => {
    const form = { method: 'POST', body: new URLSearchParams({ client_id: app.id }) };
    for (const path of ['/authorization', '/logout']) expect((await server.raw(path, form)).status).toBe(303);
  });
});

describe('codes (RFC 9700 §2.1.1, §4.5, §4.8)', () => {
  test('a stolen code is of no use without the verifier, nor in another client', async () => {
    const injected = await codeOf({ ...(await pkce()) });
    expect((await redeem({ code: injected })).status).toBe(400);
    expect((await redeem({ code: injected, code_verifier: 'x'.repeat(43) })).status).toBe(400);
    const thief = await token({ client_id: publicApp, code: injected, code_verifier: VERIFIER });
    expect(await thief.json()).toMatchObject({ error: 'invalid_grant', errno: 106 });
  });

  test('PKCE cannot be stripped: a verifier for a code without a challenge is refused', async () => {
    const answer = await redeem({ code: await codeOf(), code_verifier: VERIFIER });
    expect(await answer.json()).toMatchObject({ error: 'invalid_grant', errno: 117 });
  });

  test('PKCE cannot be left out by a public client, and not be weakened to plain', async () => {
    expect((await authorize({ client_id: publicApp })).body).toMatchObject({ errno: 169 });
    const plain = { client_id: publicApp, code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' };
    expect((await authorize(plain)).body).toMatchObject({ errno: 107 });
  });

  test('a code that is used twice ends what it gave', async () => {
    const code = await codeOf({ access_type: 'offline' });
    const { access_token, refresh_token } = await (await redeem({ code })).json();
    expect((await redeem({ code })).status).toBe(400);
    expect((await server.call(oauthEndpoints.verify, { body: { token: access_token } })).status).toBe(400);
    expect((await redeem({ grant_type: 'refresh_token', refresh_token })).status).toBe(400);
  });

  test('a code is redeemed at the address that it was sent to', async () => {
    const answer = await redeem({ code: await codeOf(), redirect_uri: 'https://evil.example/' });
    expect(await answer.json()).toMatchObject({ errno: 103 });
  });
});

describe('mix-up (RFC 9700 §4.4, RFC 9207)', () => {
  test('the answer names this server, and a client that expected another one refuses it', async () => {
    const { redirect } = (await authorize({})).body;
    const honest = { issuer: server.url, authorization_response_iss_parameter_supported: true };
    const client = { client_id: app.id };
    expect(oauth.validateAuthResponse(honest, client, new URL(redirect), 's').get('iss')).toBe(server.url);
    const other = { ...honest, issuer: 'https://attacker.example' };
    expect(() => oauth.validateAuthResponse(other, client, new URL(redirect), 's')).toThrow(/iss/);
  });
});

describe('tokens (RFC 9700 §2.2, §4.3, §4.10, §4.14)', () => {
  const accessToken = async () => (await (await redeem({ code: await codeOf() })).json()).access_token as string;

  test('no token is read from a URL, and none is ever written into one', async () => {
    const token = await accessToken();
    for (const name of ['access_token', 'token']) {
      expect((await server.raw(`/v1/profile?${name}=${token}`)).status).toBe(401);
    }
    const { redirect } = (await authorize({})).body;
    expect(new URL(redirect).hash).toBe('');
    expect([...new URL(redirect).searchParams.keys()]).toEqual(['code', 'state', 'iss']);
    expect((await authorize({ response_type: 'token' })).body).toMatchObject({ code: 400, errno: 107 });
  });

  test('neither the password grant nor the implicit one exists', async () => {
    const answer = await redeem({ grant_type: 'password', username: 'person@example.com', password: 'x' });
    expect(await answer.json()).toMatchObject({ error: 'unsupported_grant_type' });
    const metadata = await (await server.raw('/.well-known/oauth-authorization-server')).json();
    expect(metadata.response_types_supported).toEqual(['code']);
    expect(metadata.grant_types_supported).not.toContain('password');
    expect(metadata.grant_types_supported).not.toContain('implicit');
  });

  test('answers with codes and tokens stay out of caches and of the Referer', async () => {
    const page = await server.raw('/authorization', { headers: { accept: 'text/html' } });
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect((await authorize({})).headers.get('cache-control')).toBe('no-store');
    expect((await redeem({ code: await codeOf() })).headers.get('cache-control')).toBe('no-store');
  });

  test('an access token has the privileges that were granted and no more', async () => {
    const headers = { authorization: `Bearer ${await accessToken()}` };
    expect((await server.raw('/v1/uid', { headers })).status).toBe(403);
    expect(await (await server.raw('/v1/email', { headers })).json()).toEqual({ email: 'person@example.com' });
    expect((await authorize({ scope: `email ${SCOPE_OLDSYNC}` })).body).toMatchObject({ errno: 163 });
  });

  test('an ID token is no access token, and an access token no session', async () => {
    const { access_token, id_token } = await (await redeem({ code: await codeOf() })).json();
    expect((await server.raw('/v1/profile', { headers: { authorization: `Bearer ${id_token}` } })).status).toBe(401);
    const asSession = { authorization: `Bearer fxs_${access_token}` };
    expect((await server.raw('/v1/session/status', { headers: asSession })).status).toBe(401);
  });

  test('a refresh token works for the client that it was given to', async () => {
    const code = await codeOf({ client_id: publicApp, access_type: 'offline', ...(await pkce()) });
    const { refresh_token } = await (await token({ client_id: publicApp, code, code_verifier: VERIFIER })).json();
    expect((await redeem({ grant_type: 'refresh_token', refresh_token })).status).toBe(400);
    expect((await token({ client_id: publicApp, grant_type: 'refresh_token', refresh_token })).status).toBe(200);
  });
});

describe('the consent page (RFC 9700 §4.7, §4.16)', () => {
  test('cannot be forged from another site: there is no cookie, and a request without the session’s token is refused', async () => {
    const url = '/v1/oauth/authorization';
    const fields = { client_id: app.id, state: 's', scope: 'openid' };
    const headers = { origin: 'https://evil.example', cookie: `session=${sessionToken}` };
    const forged = await server.raw(url, { method: 'POST', body: new URLSearchParams(fields), headers });
    expect(forged.status).toBe(401);
    const page = await server.raw('/authorization', { headers: { accept: 'text/html' } });
    for (const answer of [forged, page]) expect(answer.headers.get('set-cookie')).toBeNull();
    expect(forged.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('cannot be framed, and runs no code but its own', async () => {
    const { headers } = await server.raw('/authorization', { headers: { accept: 'text/html' } });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe-inline');
    expect(headers.get('x-frame-options')).toBe('DENY');
  });
});

describe('applications in a browser (draft-ietf-oauth-browser-based-apps)', () => {
  test('may ask the token endpoint from any origin, without credentials of the browser', async () => {
    const origin = 'https://app.example.com';
    const code = await codeOf({ client_id: publicApp, ...(await pkce()) });
    const answer = await token({ client_id: publicApp, code, code_verifier: VERIFIER }, { origin });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('keep no secret: one that is sent is refused rather than ignored', async () => {
    const code = await codeOf({ client_id: publicApp, ...(await pkce()) });
    const fields = { client_id: publicApp, client_secret: 'ab'.repeat(32), code, code_verifier: VERIFIER };
    expect(await (await token(fields)).json()).toMatchObject({ error: 'invalid_request', errno: 109 });
  });

  test('get no session and no right to one, whatever they ask for', async () => {
    const asked = { client_id: publicApp, scope: SCOPE_SESSION_TOKEN, ...(await pkce()) };
    expect((await authorize(asked)).body).toMatchObject({ errno: 163 });
    const direct = { client_id: publicApp, grant_type: 'fxa-credentials', scope: 'openid' } as const;
    const refused = await server.fails(oauthEndpoints.oauthToken, {
      token: ['sessionToken', sessionToken],
      body: direct,
    });
    expect(refused).toMatchObject({ code: 400 });
  });

  test('can be signed out of everything that they hold by revoking the refresh token', async () => {
    const code = await codeOf({ client_id: publicApp, access_type: 'offline', ...(await pkce()) });
    const tokens = await (await token({ client_id: publicApp, code, code_verifier: VERIFIER })).json();
    await server.ok(oauthEndpoints.oauthDestroy, { body: { client_id: publicApp, token: tokens.refresh_token } });
    expect((await server.call(oauthEndpoints.verify, { body: { token: tokens.access_token } })).status).toBe(400);
  });
});

test('a token that is shown nowhere else: no answer of these routes names the session of the person', async () => {
  const authorization = await bearer('sessionToken', sessionToken);
  const answers = [JSON.stringify((await authorize({})).body), await (await redeem({ code: await codeOf() })).text()];
  for (const text of answers) {
    expect(text).not.toContain(sessionToken);
    expect(text).not.toContain(authorization.slice('Bearer fxs_'.length));
  }
});
