import * as oidc from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { application, ask, CALLBACK, EMAIL, errorOf, openScene, type Scene, signInTo } from './application.js';

// The tests of the OpenID conformance plans for providers, as far as they can be without their server: openid-client is
// the application, the pages' own models are the browser. docs/oidc-conformance.md says which test is which.

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());
beforeEach(() => scene.signIn());

describe('the way of a code', () => {
  test.each([
    ['client_secret_basic', {}],
    ['client_secret_post', { auth: 'post' }],
    ['none', { publicClient: true }],
  ] as const)(
    'with %s ends in an ID token that the published keys verify, and the person at userinfo',
    async (_, options) => {
      const app = await application(scene, options);
      const { tokens, asked } = await signInTo(scene, app);
      const claims = tokens.claims();
      expect(claims).toMatchObject({
        iss: scene.server.url,
        sub: scene.uid,
        aud: app.clientId,
        nonce: asked.checks.expectedNonce,
        auth_time: expect.any(Number),
        at_hash: expect.any(String),
      });
      expect(await oidc.fetchUserInfo(app.config, tokens.access_token, scene.uid)).toEqual({
        sub: scene.uid,
        email: EMAIL,
      });
    },
  );

  test('works without a nonce, and the ID token has none then', async () => {
    const { tokens } = await signInTo(scene, await application(scene), { nonce: undefined });
    expect(tokens.claims()).not.toHaveProperty('nonce');
  });

  test('works for two applications at once, each with tokens of its own', async () => {
    const [one, other] = [await application(scene), await application(scene)];
    const [first, second] = [await signInTo(scene, one), await signInTo(scene, other)];
    expect([first.tokens.claims()?.aud, second.tokens.claims()?.aud]).toEqual([one.clientId, other.clientId]);
    expect(first.tokens.access_token).not.toBe(second.tokens.access_token);
  });

  test('begins with a form that is posted as well', async () => {
    const app = await application(scene);
    const { url, checks } = await ask(app);
    const answer = await fetch(`${scene.server.url}/authorization`, {
      method: 'POST',
      body: url.searchParams,
      redirect: 'manual',
    });
    expect(answer.status).toBe(303);
    const { left } = await scene.browser.visit(answer.headers.get('location') ?? '');
    const tokens = await oidc.authorizationCodeGrant(app.config, left ?? new URL(CALLBACK), checks);
    expect(tokens.claims()?.sub).toBe(scene.uid);
  });

  test('binds the code to the verifier: another one, or none, is refused', async () => {
    const app = await application(scene);
    for (const pkceCodeVerifier of [oidc.randomPKCECodeVerifier(), undefined]) {
      const { url, checks } = await ask(app);
      const { left } = await scene.browser.visit(url);
      const { pkceCodeVerifier: _, ...rest } = checks;
      const wrong = { ...rest, ...(pkceCodeVerifier !== undefined && { pkceCodeVerifier }) };
      const redeemed = oidc.authorizationCodeGrant(app.config, left ?? new URL(CALLBACK), wrong);
      await expect(redeemed).rejects.toMatchObject({ error: pkceCodeVerifier ? 'invalid_grant' : 'invalid_request' });
    }
  });

  test.each([
    ['plain', { code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' }],
    ['no method, which would be plain', { code_challenge_method: undefined }],
  ])('refuses a challenge with %s', async (_, parameters) => {
    const app = await application(scene);
    const asked = await ask(app, parameters);
    expect(await errorOf(app, asked, (await scene.browser.visit(asked.url)).left)).toBe('invalid_request');
  });
});

describe('a code that is used again', () => {
  test('is refused, and what it gave before is void', async () => {
    const app = await application(scene);
    const { tokens, asked, callback } = await signInTo(scene, app, { access_type: 'offline' });
    const again = oidc.authorizationCodeGrant(app.config, callback, asked.checks);
    await expect(again).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(oidc.fetchUserInfo(app.config, tokens.access_token, scene.uid)).rejects.toThrow();
    await expect(oidc.refreshTokenGrant(app.config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });
});

describe('userinfo', () => {
  test('answers GET, and POST with the token in the header; a token in the body is not looked at', async () => {
    const app = await application(scene);
    const { tokens } = await signInTo(scene, app);
    const { userinfo_endpoint = '' } = app.config.serverMetadata();
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const form = { method: 'POST', body: new URLSearchParams({ access_token: tokens.access_token }) };
    const [got, posted, bare] = await Promise.all([
      fetch(userinfo_endpoint, { headers }),
      fetch(userinfo_endpoint, { method: 'POST', headers }),
      fetch(userinfo_endpoint, form),
    ]);
    expect([await got.json(), await posted.json()]).toEqual(Array(2).fill({ sub: scene.uid, email: EMAIL }));
    expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Bearer')]);
  });

  test.each([
    ['openid profile', { sub: true }],
    ['openid email', { sub: true, email: true }],
    ['openid address', { sub: true }],
    ['openid phone', { sub: true }],
    ['openid profile email address phone', { sub: true, email: true }],
    ['phone email openid', { sub: true, email: true }],
  ])('gives an untrusted application, for "%s", what it may know and no error', async (scope, expected) => {
    const app = await application(scene);
    const { tokens } = await signInTo(scene, app, { scope });
    const person = await oidc.fetchUserInfo(app.config, tokens.access_token, scene.uid);
    expect(Object.keys(person).sort()).toEqual(Object.keys(expected).sort());
  });

  test('gives a trusted application the whole profile', async () => {
    const app = await application(scene, { trusted: true });
    const { tokens } = await signInTo(scene, app, { scope: 'openid profile email address phone' });
    const person = await oidc.fetchUserInfo(app.config, tokens.access_token, scene.uid);
    expect(person).toMatchObject({ sub: scene.uid, uid: scene.uid, email: EMAIL, avatar: expect.any(String) });
  });
});

describe('a request with', () => {
  test.each<[string, Record<string, string>]>([
    ['display=page', { display: 'page' }],
    ['display=popup', { display: 'popup' }],
    ['ui_locales', { ui_locales: 'se' }],
    ['claims_locales', { claims_locales: 'se' }],
    ['an essential claim', { claims: '{"userinfo":{"name":{"essential":true}}}' }],
    ['acr_values that ask for nothing', { acr_values: '1 2' }],
    ['a parameter that nobody knows', { extra: 'foobar' }],
    ['a login_hint', { login_hint: EMAIL }],
  ])('%s succeeds', async (_, parameters) => {
    const app = await application(scene);
    const { tokens } = await signInTo(scene, app, parameters);
    expect(tokens.claims()?.sub).toBe(scene.uid);
  });

  test('acr_values=AAL2 is refused to a session without a second factor', async () => {
    const app = await application(scene);
    const asked = await ask(app, { acr_values: 'AAL2' });
    expect(await errorOf(app, asked, (await scene.browser.visit(asked.url)).left)).toBe(
      'unmet_authentication_requirements',
    );
  });

  test('a login_hint leads somebody who is not signed in to the password at once', async () => {
    scene.browser.signIn(undefined);
    const { pages, tokens } = await signInTo(scene, await application(scene), { login_hint: EMAIL });
    expect(pages.at(0)).not.toBe('continue-as');
    expect(pages).toContain('password');
    expect(tokens.claims()?.sub).toBe(scene.uid);
  });

  test.each([
    ['a request object', { request: 'e30.e30.' }, 'request_not_supported'],
    ['a request object elsewhere', { request_uri: 'https://app.example.com/request' }, 'request_uri_not_supported'],
    ['an unknown response_type', { response_type: 'id_token' }, 'unsupported_response_type'],
    ['no response_type', { response_type: undefined }, 'invalid_request'],
  ])('%s goes back with an error', async (_, parameters, error) => {
    const app = await application(scene);
    const asked = await ask(app, parameters);
    expect(await errorOf(app, asked, (await scene.browser.visit(asked.url)).left)).toBe(error);
  });

  test.each([
    ['another address', { redirect_uri: 'https://evil.example.com/callback' }],
    ['an address below it', { redirect_uri: `${CALLBACK}/more` }],
    ['a query added to the address', { redirect_uri: `${CALLBACK}?foo=bar` }],
  ])('%s than the registered one is shown to the person and sent nowhere', async (_, parameters) => {
    const { url } = await ask(await application(scene), parameters);
    const { left, problem } = await scene.browser.visit(url);
    expect([left, problem]).toEqual([undefined, { kind: 'wrong-return-address' }]);
  });
});

describe('prompt', () => {
  test('login asks for the password although somebody is signed in, and auth_time moves on', async () => {
    const app = await application(scene);
    const before = (await signInTo(scene, app)).tokens.claims()?.auth_time ?? 0;
    scene.server.clock.advance(2000);
    const { pages, tokens } = await signInTo(scene, app, { prompt: 'login' });
    expect(pages).toContain('password');
    expect(tokens.claims()).toMatchObject({ sub: scene.uid });
    expect(tokens.claims()?.auth_time).toBeGreaterThan(before);
  });

  test('none is answered with a code where the person agreed before, and auth_time stays', async () => {
    const app = await application(scene);
    const before = (await signInTo(scene, app)).tokens.claims();
    const { tokens, pages } = await signInTo(scene, app, { prompt: 'none' });
    expect(pages).toEqual([]);
    expect(tokens.claims()).toMatchObject({ sub: before?.sub, auth_time: before?.auth_time });
  });

  test('none is answered with login_required where nobody is signed in', async () => {
    scene.browser.signIn(undefined);
    const app = await application(scene);
    const asked = await ask(app, { prompt: 'none' });
    expect(await errorOf(app, asked, (await scene.browser.visit(asked.url)).left)).toBe('login_required');
  });

  test('none is answered with consent_required where the person was never asked', async () => {
    const app = await application(scene);
    const asked = await ask(app, { prompt: 'none' });
    expect(await errorOf(app, asked, (await scene.browser.visit(asked.url)).left)).toBe('consent_required');
  });

  test('none with the ID token of the person is answered with a code, and with another’s it is refused', async () => {
    const app = await application(scene);
    const { tokens } = await signInTo(scene, app);
    const again = await signInTo(scene, app, { prompt: 'none', id_token_hint: tokens.id_token });
    expect(again.tokens.claims()?.sub).toBe(tokens.claims()?.sub);
    const foreign = await signInTo(scene, await application(scene));
    const asked = await ask(app, { prompt: 'none', id_token_hint: foreign.tokens.id_token });
    expect(await errorOf(app, asked, (await scene.browser.visit(asked.url)).left)).toBe('invalid_request');
  });

  test('consent asks again, also in an application that the operator trusts', async () => {
    const app = await application(scene, { trusted: true });
    expect((await signInTo(scene, app)).pages).toEqual(['continue-as']);
    expect((await signInTo(scene, app, { prompt: 'consent' })).pages).toContain('consent');
  });
});

describe('max_age', () => {
  test('of one second asks for the password again once it is over', async () => {
    const app = await application(scene);
    const before = (await signInTo(scene, app)).tokens.claims()?.auth_time ?? 0;
    scene.server.clock.advance(2000);
    const { pages, tokens } = await signInTo(scene, app, { max_age: '1' });
    expect(pages).toContain('password');
    expect(tokens.claims()?.auth_time).toBeGreaterThan(before);
  });

  test('of ten thousand seconds asks for nothing, and auth_time stays', async () => {
    const app = await application(scene);
    const before = (await signInTo(scene, app)).tokens.claims();
    const { pages, tokens } = await signInTo(scene, app, { max_age: '10000' });
    expect(pages).not.toContain('password');
    expect(tokens.claims()).toMatchObject({ sub: before?.sub, auth_time: before?.auth_time });
  });
});

describe('a refresh token', () => {
  test('gives access tokens, works for its own client only, and never gives more than it stands for', async () => {
    const [app, other] = [await application(scene), await application(scene)];
    const { tokens } = await signInTo(scene, app, { access_type: 'offline', scope: 'openid email' });
    const { refresh_token = '' } = tokens;
    const fresh = await oidc.refreshTokenGrant(app.config, refresh_token);
    expect(fresh.access_token).not.toBe(tokens.access_token);
    expect(fresh.scope).toBe('email');
    await expect(oidc.refreshTokenGrant(other.config, refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
    const more = oidc.refreshTokenGrant(app.config, refresh_token, { scope: 'email profile:uid' });
    await expect(more).rejects.toMatchObject({ error: 'invalid_scope' });
  });
});

describe('discovery', () => {
  test('has what a client must know, and every endpoint and key that it names is there', async () => {
    const { config } = await application(scene);
    const metadata = config.serverMetadata();
    expect(metadata).toMatchObject({
      issuer: scene.server.url,
      response_types_supported: ['code'],
      subject_types_supported: expect.arrayContaining(['public']),
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: expect.arrayContaining(['openid']),
      code_challenge_methods_supported: ['S256'],
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      authorization_response_iss_parameter_supported: true,
      end_session_endpoint: `${scene.server.url}/logout`,
    });
    const { keys } = (await (await fetch(metadata.jwks_uri ?? '')).json()) as { keys: Record<string, unknown>[] };
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys)
      expect(key).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256', kid: expect.any(String) });
    for (const key of keys) expect(key).not.toHaveProperty('d');
    const html = { headers: { accept: 'text/html' } };
    const pages = [metadata.authorization_endpoint, metadata.end_session_endpoint];
    const answers = await Promise.all(pages.map((url) => fetch(String(url), html)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  test('offers no unsigned ID tokens, and none comes', async () => {
    const app = await application(scene);
    const { tokens } = await signInTo(scene, app);
    const header = JSON.parse(Buffer.from(tokens.id_token?.split('.')[0] ?? '', 'base64url').toString());
    expect(header).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
    expect(app.config.serverMetadata().id_token_signing_alg_values_supported).not.toContain('none');
  });
});

describe('after half a minute', () => {
  test('a code that is used again is refused still, and what it gave is void', async () => {
    const app = await application(scene);
    const { tokens, asked, callback } = await signInTo(scene, app);
    scene.server.clock.advance(31_000);
    const again = oidc.authorizationCodeGrant(app.config, callback, asked.checks);
    await expect(again).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(oidc.fetchUserInfo(app.config, tokens.access_token, scene.uid)).rejects.toThrow();
  });
});
