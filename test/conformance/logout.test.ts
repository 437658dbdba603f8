import { sessionStatus } from '@foxden/protocol';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Application, application, BYE, openScene, type Scene, signInTo } from './application.js';

// The OpenID conformance plan of RP-initiated logout; openid-client builds the requests.

let scene: Scene;
let app: Application;
beforeAll(async () => {
  scene = await openScene();
  app = await application(scene);
});
afterAll(() => scene.close());
beforeEach(() => scene.signIn());

const idToken = async () => (await signInTo(scene, app)).tokens.id_token ?? '';

/** What came of the session, besides where the browser is. */
async function logout(parameters: Record<string, string>) {
  const sessionToken = scene.browser.account()?.sessionToken ?? '';
  const url = oidc.buildEndSessionUrl(app.config, parameters);
  // The library names its client; the plan has requests without.
  if (!('client_id' in parameters)) url.searchParams.delete('client_id');
  const visited = await scene.browser.visit(url);
  const { status } = await scene.server.call(sessionStatus, { token: ['sessionToken', sessionToken] });
  return { ...visited, url, sessionEnded: status === 401, signedIn: scene.browser.account() !== undefined };
}

const OVER = { sessionEnded: true, signedIn: false };
/** The person is asked, says yes, and stays where they are. */
const ASKED = { ...OVER, left: undefined, pages: ['logout, asked'] };

test('discovery names the endpoint', () => {
  expect(app.config.serverMetadata().end_session_endpoint).toBe(`${scene.server.url}/logout`);
});

test('with hint, address and state it ends the session and leads back with the state', async () => {
  const parameters = { id_token_hint: await idToken(), post_logout_redirect_uri: BYE, state: 'a b&c' };
  const { left, ...rest } = await logout(parameters);
  expect(rest).toMatchObject({ ...OVER, pages: ['logout'] });
  expect(left?.href.startsWith(`${BYE}&`)).toBe(true);
  expect(left?.searchParams.get('state')).toBe('a b&c');
});

test('without a state it leads back without one', async () => {
  const { left, ...rest } = await logout({ id_token_hint: await idToken(), post_logout_redirect_uri: BYE });
  expect(rest).toMatchObject(OVER);
  expect(left?.href).toBe(BYE);
});

test('the client’s id beside the hint, as the library sends it, is checked against it', async () => {
  const hint = { id_token_hint: await idToken(), post_logout_redirect_uri: BYE };
  expect(await logout({ ...hint, client_id: (await application(scene)).clientId })).toMatchObject(ASKED);
  await scene.signIn();
  const again = { ...hint, id_token_hint: await idToken(), client_id: app.clientId };
  expect((await logout(again)).left?.href).toBe(BYE);
});

describe('the person is asked, and sent nowhere, when', () => {
  test('nothing is given', async () => {
    expect(await logout({})).toMatchObject(ASKED);
  });

  test('only a state is given', async () => {
    expect(await logout({ state: 'x' })).toMatchObject(ASKED);
  });

  test('there is an address, but neither hint nor client', async () => {
    expect(await logout({ post_logout_redirect_uri: BYE, state: 'x' })).toMatchObject(ASKED);
  });

  test('the hint is no ID token', async () => {
    expect(await logout({ id_token_hint: 'foobar', post_logout_redirect_uri: BYE })).toMatchObject(ASKED);
  });

  test('the hint was changed', async () => {
    const [header, , signature] = (await idToken()).split('.');
    const claims = Buffer.from(JSON.stringify({ sub: scene.uid, aud: app.clientId })).toString('base64url');
    const hint = `${header}.${claims}.${signature}`;
    expect(await logout({ id_token_hint: hint, post_logout_redirect_uri: BYE })).toMatchObject(ASKED);
  });

  test('the address is not registered', async () => {
    const elsewhere = 'https://evil.example.com/bye';
    expect(await logout({ id_token_hint: await idToken(), post_logout_redirect_uri: elsewhere })).toMatchObject(ASKED);
  });

  test('a query was added to the registered address', async () => {
    const more = `${BYE}&foo=bar`;
    expect(await logout({ id_token_hint: await idToken(), post_logout_redirect_uri: more })).toMatchObject(ASKED);
  });
});

test('with a hint alone it ends the session and stays on the page', async () => {
  const { pages, left, ...rest } = await logout({ id_token_hint: await idToken() });
  expect([pages, left]).toEqual([['logout'], undefined]);
  expect(rest).toMatchObject(OVER);
});

test('with the client’s id alone the person is asked first, and led back then', async () => {
  const { left, ...rest } = await logout({ client_id: app.clientId, post_logout_redirect_uri: BYE });
  expect(rest).toMatchObject({ ...OVER, pages: ['logout, asked'] });
  expect(left?.href).toBe(BYE);
});

test('an expired hint still says who is meant', async () => {
  const hint = await idToken();
  scene.server.clock.advance(3_600_000);
  const { left, sessionEnded } = await logout({ id_token_hint: hint, post_logout_redirect_uri: BYE });
  expect([left?.href, sessionEnded]).toEqual([BYE, true]);
});

test('the request may be posted as a form', async () => {
  const body = new URLSearchParams({ id_token_hint: 'a.b.c', state: 'x y' });
  const answer = await fetch(`${scene.server.url}/logout`, { method: 'POST', body, redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    `${scene.server.url}/logout?id_token_hint=a.b.c&state=x+y`,
  ]);
});
