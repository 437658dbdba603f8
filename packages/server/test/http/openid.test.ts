import { idTokenVerify, OAUTH_ERRORS, oauthEndpoints, userinfoPost } from '@foxden/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FENIX, withToken } from '../support/attach.js';
import { signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let tokens: { readonly access_token: string; readonly id_token?: string | undefined };
let uid: string;
beforeAll(async () => {
  server = await startTestServer();
  const person = await signUp(server, 'openid@example.com');
  uid = person.uid;
  tokens = await server.ok(oauthEndpoints.oauthToken, {
    token: ['sessionToken', person.sessionToken],
    body: { client_id: FENIX, grant_type: 'fxa-credentials', scope: 'openid profile' },
  });
});
afterAll(() => server.close());

test('userinfo by POST is what it is by GET', async () => {
  const byGet = await server.ok(oauthEndpoints.profile, withToken(tokens.access_token));
  expect(await server.ok(userinfoPost, withToken(tokens.access_token))).toEqual(byGet);
  expect(byGet).toMatchObject({ sub: uid, email: 'openid@example.com' });
});

test('an ID token is verified for the client that it was made for, and for no other', async () => {
  const { id_token = '' } = tokens;
  const body = { client_id: FENIX, id_token };
  expect(await server.ok(idTokenVerify, { body })).toMatchObject({ iss: server.url, aud: FENIX, sub: uid });
  for (const wrong of [
    { ...body, client_id: '5882386c6d801776' },
    { ...body, id_token: `${id_token.slice(0, -4)}AAAA` },
  ]) {
    expect(await server.fails(idTokenVerify, { body: wrong })).toMatchObject({
      errno: OAUTH_ERRORS.INVALID_TOKEN.errno,
    });
  }
});

test('an ID token that has expired is verified within the grace that is asked for', async () => {
  const { id_token = '' } = tokens;
  const { exp } = await server.ok(idTokenVerify, { body: { client_id: FENIX, id_token } });
  server.clock.advance(exp * 1000 - server.clock.now());
  const verify = (expiry_grace_period: number) =>
    server.call(idTokenVerify, { body: { client_id: FENIX, id_token, expiry_grace_period } });
  expect((await verify(0)).status).toBe(OAUTH_ERRORS.INVALID_TOKEN.status);
  expect((await verify(1)).status).toBe(200);
  server.clock.advance(1000);
  expect((await verify(1)).status).toBe(OAUTH_ERRORS.INVALID_TOKEN.status);
});
