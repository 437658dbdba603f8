import { oauthEndpoints } from '@foxden/protocol';
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addClient } from '../../src/oauth/index.js';
import { signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import { REDIRECT } from './fixture.js';

// oauth4webapi plays a trusted application, step by step, and is strict about every answer.

const HTTP = { [oauth.allowInsecureRequests]: true };

let server: TestServer;
let sessionToken: string;
let uid: string;
let as: oauth.AuthorizationServer;
let client: oauth.Client;
let auth: oauth.ClientAuth;
beforeAll(async () => {
  server = await startTestServer();
  server.clock.advance(Date.now() - server.clock.now());
  ({ sessionToken, uid } = await signUp(server, 'person@example.com'));
  const added = await addClient(server.server.context, { name: 'An app', redirectUris: [REDIRECT], trusted: true });
  client = { client_id: added.client.id };
  auth = oauth.ClientSecretBasic(added.secret ?? '');
  as = await discover('oidc');
});
afterAll(() => server.close());

async function discover(algorithm: 'oidc' | 'oauth2'): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(server.url);
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm, ...HTTP }));
}

async function signIn() {
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const { redirect } = await server.ok(oauthEndpoints.oauthAuthorization, {
    token: ['sessionToken', sessionToken],
    body: {
      client_id: client.client_id,
      redirect_uri: REDIRECT,
      scope: 'openid email profile',
      access_type: 'offline',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    },
  });
  const callback = oauth.validateAuthResponse(as, client, new URL(redirect), state);
  const request = () => oauth.authorizationCodeGrantRequest(as, client, auth, callback, REDIRECT, verifier, HTTP);
  return { response: await request(), request, nonce };
}

test('the documents of OpenID Connect and of RFC 8414 lead to the same place', async () => {
  const plain = await discover('oauth2');
  expect(plain.token_endpoint).toBe(as.token_endpoint);
  expect(as).toMatchObject(plain);
});

test('code and PKCE to tokens, an ID token that JWKS verifies, userinfo, refresh, introspection, revocation', async () => {
  const { response, nonce } = await signIn();
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, {
    expectedNonce: nonce,
    requireIdToken: true,
    maxAge: 600,
  });
  await oauth.validateApplicationLevelSignature(as, response, HTTP);
  expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({
    sub: uid,
    aud: client.client_id,
    amr: ['pwd', 'email'],
  });

  const userinfo = await oauth.userInfoRequest(as, client, tokens.access_token, HTTP);
  expect(await oauth.processUserInfoResponse(as, client, uid, userinfo)).toMatchObject({ sub: uid, uid });

  const refresh = await oauth.refreshTokenGrantRequest(as, client, auth, tokens.refresh_token ?? '', HTTP);
  const { access_token } = await oauth.processRefreshTokenResponse(as, client, refresh);

  const introspect = async (token: string) =>
    oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, auth, token, HTTP));
  expect(await introspect(access_token)).toMatchObject({ active: true, client_id: client.client_id });
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(as, client, auth, tokens.refresh_token ?? '', HTTP),
  );
  expect(await introspect(access_token)).toEqual({ active: false });
});

test('a code used again is refused, and its tokens with it', async () => {
  const { request, response, nonce } = await signIn();
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, { expectedNonce: nonce });
  const again = oauth.processAuthorizationCodeResponse(as, client, await request(), { expectedNonce: nonce });
  await expect(again).rejects.toMatchObject({ error: 'invalid_grant' });
  const userinfo = await oauth.userInfoRequest(as, client, tokens.access_token, HTTP);
  await expect(oauth.processUserInfoResponse(as, client, uid, userinfo)).rejects.toBeInstanceOf(
    oauth.WWWAuthenticateChallengeError,
  );
});
