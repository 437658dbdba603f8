import { oauthEndpoints } from '@foxden/protocol';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addClient } from '../../src/oauth/index.js';
import { signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import { REDIRECT } from './fixture.js';

// openid-client plays the application; the test is the browser that a signed-in person says "yes" in.

let server: TestServer;
let sessionToken: string;
let uid: string;
beforeAll(async () => {
  server = await startTestServer();
  // Foreign libraries look at the real clock.
  server.clock.advance(Date.now() - server.clock.now());
  ({ sessionToken, uid } = await signUp(server, 'person@example.com'));
});
afterAll(() => server.close());

const INSECURE = { execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks] };

/** An untrusted client with a secret, unless told otherwise, as the library sees it after discovery. */
async function application(
  authentication: (secret: string | undefined) => oidc.ClientAuth = oidc.ClientSecretPost,
  options: { publicClient?: boolean } = {},
): Promise<oidc.Configuration> {
  const { client, secret } = await addClient(server.server.context, {
    name: 'An app',
    redirectUris: [REDIRECT, `${REDIRECT}/other`],
    ...options,
  });
  const auth = authentication(secret);
  return oidc.discovery(new URL(server.url), client.id, secret, auth, INSECURE);
}

/** Builds the authorization request as the library does, and answers it as the page does. */
async function authorize(app: oidc.Configuration, parameters: Record<string, string> = {}) {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(app, {
    redirect_uri: REDIRECT,
    scope: 'openid email',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    access_type: 'offline',
    state,
    nonce,
    ...parameters,
  });
  expect(url.href.startsWith(`${server.url}/authorization?`)).toBe(true);
  const { max_age, ...query } = Object.fromEntries(url.searchParams);
  const { redirect } = await server.ok(oauthEndpoints.oauthAuthorization, {
    token: ['sessionToken', sessionToken],
    body: { ...query, ...(max_age !== undefined && { max_age: Number(max_age) }) } as never,
  });
  return {
    callback: new URL(redirect),
    checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
  };
}

async function refusal(work: Promise<unknown>): Promise<{ error: string; errno: unknown }> {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof oidc.ResponseBodyError)) throw new Error(`not refused as an OAuth error: ${failure}`);
  return { error: failure.error, errno: failure.cause['errno'] };
}

describe.each([
  ['client_secret_post', oidc.ClientSecretPost, {}],
  ['client_secret_basic', oidc.ClientSecretBasic, {}],
  ['none', oidc.None, { publicClient: true }],
] as const)('a client that authenticates by %s', (_name, authentication, options) => {
  test('signs in, reads the person, refreshes, introspects and revokes', async () => {
    const app = await application(authentication as (secret: string | undefined) => oidc.ClientAuth, options);
    const { callback, checks } = await authorize(app, { max_age: '3600' });
    const tokens = await oidc.authorizationCodeGrant(app, callback, { ...checks, maxAge: 3600 });
    expect(tokens.claims()).toMatchObject({ sub: uid, iss: server.url, nonce: checks.expectedNonce, acr: 'AAL1' });

    const person = await oidc.fetchUserInfo(app, tokens.access_token, uid);
    expect(person).toEqual({ sub: uid, email: 'person@example.com' });

    const refreshed = await oidc.refreshTokenGrant(app, tokens.refresh_token ?? '', { scope: 'email' });
    expect(refreshed).toMatchObject({ token_type: 'bearer', scope: 'email' });
    expect(await oidc.tokenIntrospection(app, refreshed.access_token)).toMatchObject({ active: true, sub: uid });
    expect(
      await oidc.tokenIntrospection(app, tokens.refresh_token ?? '', { token_type_hint: 'refresh_token' }),
    ).toMatchObject({ active: true, token_type: 'refresh_token' });

    await oidc.tokenRevocation(app, refreshed.access_token);
    expect(await oidc.tokenIntrospection(app, refreshed.access_token)).toEqual({ active: false });
    await oidc.tokenRevocation(app, tokens.refresh_token ?? '', { token_type_hint: 'refresh_token' });
    expect(await refusal(oidc.refreshTokenGrant(app, tokens.refresh_token ?? ''))).toEqual({
      error: 'invalid_grant',
      errno: 108,
    });
    await oidc.tokenRevocation(app, 'a token that never was');
  });

  test('has its tokens revoked when its code is used again', async () => {
    const app = await application(authentication as (secret: string | undefined) => oidc.ClientAuth, options);
    const { callback, checks } = await authorize(app);
    const tokens = await oidc.authorizationCodeGrant(app, callback, checks);
    expect((await oidc.tokenIntrospection(app, tokens.access_token)).active).toBe(true);
    expect(await refusal(oidc.authorizationCodeGrant(app, callback, checks))).toEqual({
      error: 'invalid_grant',
      errno: 105,
    });
    expect((await oidc.tokenIntrospection(app, tokens.access_token)).active).toBe(false);
    expect((await oidc.tokenIntrospection(app, tokens.refresh_token ?? '')).active).toBe(false);
    expect((await refusal(oidc.refreshTokenGrant(app, tokens.refresh_token ?? ''))).error).toBe('invalid_grant');
  });
});

describe('refused', () => {
  test('a wrong verifier, and none', async () => {
    const app = await application();
    const { callback, checks } = await authorize(app);
    const wrong = { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() };
    expect(await refusal(oidc.authorizationCodeGrant(app, callback, wrong))).toEqual({
      error: 'invalid_grant',
      errno: 117,
    });
    const { pkceCodeVerifier: _, ...without } = checks;
    expect(await refusal(oidc.authorizationCodeGrant(app, callback, without))).toEqual({
      error: 'invalid_request',
      errno: 118,
    });
  });

  test('a redirect to another place than the code was sent to', async () => {
    const app = await application();
    const { callback, checks } = await authorize(app);
    const elsewhere = new URL(callback.search, `${REDIRECT}/other`);
    expect(await refusal(oidc.authorizationCodeGrant(app, elsewhere, checks))).toMatchObject({ errno: 103 });
  });

  test('a redirect that is not registered, before there is any code', async () => {
    const app = await application();
    await expect(authorize(app, { redirect_uri: 'https://evil.example.com/' })).rejects.toThrow('"errno":167');
  });

  test('the code of another client, and a wrong secret', async () => {
    const [app, thief] = [await application(), await application()];
    const { callback, checks } = await authorize(app);
    expect(await refusal(oidc.authorizationCodeGrant(thief, callback, checks))).toEqual({
      error: 'invalid_grant',
      errno: 106,
    });
    const { client_id } = app.clientMetadata();
    const guess = new oidc.Configuration(app.serverMetadata(), client_id, 'ff'.repeat(32));
    oidc.allowInsecureRequests(guess);
    expect(await refusal(oidc.authorizationCodeGrant(guess, callback, checks))).toEqual({
      error: 'invalid_client',
      errno: 102,
    });
  });

  test('scopes that an untrusted client may not have', async () => {
    const app = await application();
    await expect(authorize(app, { scope: 'openid email profile' })).rejects.toThrow('"errno":163');
  });
});
